import type { Tokens } from '../src/staff/dto/sign-in.dto.js';
import type { SignIn } from './staff.js';
import { Refusal } from './stopping.js';

const ANSWER_WITHIN_MS = 30_000;

export interface Reply<Body> {
  status: number;
  body: Body;
  etag: string | null;
}

/** One colleague at the API, over the network like anybody else. */
export class Client {
  private token?: string;

  constructor(
    private readonly address: string,
    private readonly who: SignIn,
    private readonly signal: AbortSignal,
  ) {}

  async signIn(): Promise<Reply<Tokens>> {
    const { email, password } = this.who;
    const reply = await this.request('POST', '/auth/sign-in', { email, password });
    const tokens = await answered<Tokens>('POST /auth/sign-in', reply);
    this.token = tokens.body.accessToken;
    return tokens;
  }

  get<Body>(path: string): Promise<Reply<Body>> {
    return this.send('GET', path);
  }

  post<Body>(path: string, body?: object): Promise<Reply<Body>> {
    return this.send('POST', path, body);
  }

  put<Body>(path: string, body: object, ifMatch?: string | null): Promise<Reply<Body>> {
    return this.send('PUT', path, body, ifMatch ? { 'if-match': ifMatch } : {});
  }

  /** The clock moves and tokens end with it: a refused one is traded for a fresh sign-in, once. */
  private async send<Body>(
    method: string,
    path: string,
    body?: object,
    headers: Record<string, string> = {},
  ): Promise<Reply<Body>> {
    let reply = await this.request(method, path, body, headers);
    if (reply.status === 401) {
      await this.signIn();
      reply = await this.request(method, path, body, headers);
    }
    return answered(`${method} ${path}`, reply);
  }

  /** Between requests the demo may end; a request that is out is waited for, or its connection would hold up the API. */
  private async request(
    method: string,
    path: string,
    body?: object,
    headers: Record<string, string> = {},
  ): Promise<Response> {
    this.signal.throwIfAborted();
    return fetch(`${this.address}/api/v1${path}`, {
      method,
      headers: {
        'accept-language': 'en',
        ...(this.token && { authorization: `Bearer ${this.token}` }),
        ...(body && { 'content-type': 'application/json' }),
        ...headers,
      },
      body: body && JSON.stringify(body),
      signal: AbortSignal.timeout(ANSWER_WITHIN_MS),
    });
  }
}

async function answered<Body>(what: string, reply: Response): Promise<Reply<Body>> {
  const text = await reply.text();
  if (!reply.ok) throw new Refusal(`The API answered ${reply.status} to ${what}: ${text}`);
  return {
    status: reply.status,
    body: (text ? JSON.parse(text) : undefined) as Body,
    etag: reply.headers.get('etag'),
  };
}
