import { gzipSync } from 'node:zlib';
import type { TestCoxswain } from './coxswain.ts';
import { type, type Who } from '../stories/crew.ts';

export interface Answered {
  readonly status: number;
  readonly headers: Headers;
  // oxlint-disable-next-line typescript/no-explicit-any -- JSON that a test knows the shape of
  readonly body: any;
}

interface Sent {
  readonly method?: string;
  readonly token?: string;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  readonly gzip?: boolean;
}

/** One request of a machine. A body that is no text is sent as JSON. */
export async function request(
  c: { readonly running: { readonly url: string } },
  path: string,
  sent: Sent = {},
): Promise<Answered> {
  const { token, body, headers = {}, gzip = false } = sent;
  const text = body === undefined || typeof body === 'string' ? body : JSON.stringify(body);
  const bytes = text !== undefined && gzip ? gzipSync(text) : text;
  const answered = await fetch(`${c.running.url}${path}`, {
    method: sent.method ?? (body === undefined ? 'GET' : 'POST'),
    headers: {
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...(gzip ? { 'content-encoding': 'gzip' } : {}),
      ...headers,
    },
    ...(bytes === undefined ? {} : { body: bytes }),
  });
  const said = await answered.text();
  return {
    status: answered.status,
    headers: answered.headers,
    body: said === '' ? undefined : JSON.parse(said),
  };
}

/** Makes a token by `/pilot token new …` and reads it off the screen of who made it. */
export async function newToken(
  c: TestCoxswain,
  line: string,
  who: Who = 'ana',
): Promise<{ token: string; id: string; secret: string }> {
  const { text } = await type(c, who, `token new ${line}`);
  const [token = '', id = ''] = /cxs_([a-z0-9]+)_[\w-]+/.exec(text) ?? [];
  if (token === '') throw new Error(`no token was shown: ${text}`);
  return { token, id, secret: /Signing secret[^:]*: (\S+)/.exec(text)?.[1] ?? '' };
}
