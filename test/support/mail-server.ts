import { once } from 'node:events';
import { createServer, type AddressInfo, type Socket } from 'node:net';

/** How the mail server treats what comes. */
export type Mood = 'takes' | 'refuses mailboxes' | 'is full' | 'leaves when it has the mail';

export interface MailServer {
  url: string;
  mood: Mood;
  /** Mails it has had to their end, as text; also those it left without a word. */
  mails: string[];
  close(): void;
}

export async function startMailServer(): Promise<MailServer> {
  const lines = new Set<Socket>();
  const server = createServer((line) => {
    lines.add(line);
    line.on('error', () => undefined).write('220 ready\r\n');
    let mail: string | undefined;
    line.on('data', (said) => {
      if (mail === undefined) {
        const text = String(said);
        if (text.startsWith('DATA')) mail = '';
        if (text.startsWith('RCPT') && it.mood === 'refuses mailboxes')
          line.write('550 5.1.1 no such mailbox\r\n');
        else line.write(mail === undefined ? '250 yes\r\n' : '354 go on\r\n');
        return;
      }
      mail += String(said);
      if (!mail.endsWith('\r\n.\r\n')) return;
      if (it.mood !== 'is full') it.mails.push(mail);
      mail = undefined;
      if (it.mood === 'leaves when it has the mail') line.destroy();
      else line.write(it.mood === 'is full' ? '452 full\r\n' : '250 taken\r\n');
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const it: MailServer = {
    url: `smtp://127.0.0.1:${(server.address() as AddressInfo).port}`,
    mood: 'takes',
    mails: [],
    close: () => {
      server.close();
      for (const line of lines) line.destroy();
    },
  };
  return it;
}
