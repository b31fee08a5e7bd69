import { randomUUID } from 'node:crypto';
import type { Client, Reply } from './client.js';

export interface TabletOperation {
  id: string;
  seq: number;
  subject: { type: 'participant' | 'assessment'; id: string };
  field: string;
  baseRevision: number;
  value: unknown;
  at: string;
}

/** A device that goes along on a visit: it works on the pack it holds and keeps every operation it ever made. */
export class Tablet {
  readonly log: TabletOperation[] = [];
  // oxlint-disable-next-line typescript/no-explicit-any -- a test reads what came back, of whatever shape
  pack: any;
  etag: string | undefined;

  constructor(
    readonly client: Client,
    readonly visitId: string,
    readonly deviceId: string = randomUUID(),
  ) {}

  /** Fetches a pack, or hears that the one it holds is good. */
  async fetch(): Promise<Reply> {
    const reply = await this.client.get(
      `/visits/${this.visitId}/pack?deviceId=${this.deviceId}`,
      this.etag ? { 'if-none-match': this.etag } : undefined,
    );
    if (reply.status === 200) [this.pack, this.etag] = [reply.body, reply.headers.get('etag')!];
    return reply;
  }

  participant(refugeeId: string): {
    id: string;
    values: Record<string, unknown>;
    revisions: Record<string, number>;
  } {
    return this.pack.participants.find((one: { refugee: { id: string } }) => one.refugee.id === refugeeId);
  }

  says(participantId: string, field: string, value: unknown, baseRevision = 0): TabletOperation {
    return this.did({ type: 'participant', id: participantId }, field, value, baseRevision);
  }

  answers(assessmentId: string, field: string, value: unknown, baseRevision = 0): TabletOperation {
    return this.did({ type: 'assessment', id: assessmentId }, field, value, baseRevision);
  }

  did(
    subject: TabletOperation['subject'],
    field: string,
    value: unknown,
    baseRevision: number,
  ): TabletOperation {
    const at = '2027-01-11T09:30:00+01:00';
    const one = { id: randomUUID(), seq: this.log.length + 1, subject, field, baseRevision, value, at };
    this.log.push(one);
    return one;
  }

  send(operations: TabletOperation[] = this.log, over: Record<string, unknown> = {}): Promise<Reply> {
    return this.client.post(`/visits/${this.visitId}/operations`, {
      packId: this.pack.packId,
      deviceId: this.deviceId,
      operations,
      last: this.log.length,
      ...over,
    });
  }
}
