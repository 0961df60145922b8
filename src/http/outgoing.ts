import { lookup as systemLookup } from 'node:dns';
import { type IncomingMessage, request as plainRequest } from 'node:http';
import { request as secureRequest } from 'node:https';
import { type LookupFunction, isIP } from 'node:net';
import { unavailable } from '../errors.ts';
import { isPublicAddress } from './public-address.ts';

export interface Outgoing {
  readonly method?: 'GET' | 'POST';
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  /** For the whole exchange, in ms. Default 10 s. */
  readonly timeoutMs?: number;
  /** Bytes of the answer that are read; a longer one is cut off there. Default 64 KiB. */
  readonly maxBytes?: number;
  /** For tests: who resolves names, and which addresses may be connected to. */
  readonly lookup?: LookupFunction;
  readonly mayConnect?: (address: string) => boolean;
}

export interface Answered {
  /** As it came: a redirect is an answer, and is not followed. */
  readonly status: number;
  readonly body: string;
}

/**
 * Asks an address on the public internet that a person configured. Every address that a name resolves to is checked at
 * the moment of connecting, so a name cannot be rebound to a machine inside between check and use. Throws `unavailable`
 * with a reason that holds nothing of the address.
 */
export async function fetchOutside(address: string, options: Outgoing = {}): Promise<Answered> {
  const url = URL.parse(address);
  if (url === null || !/^https?:$/.test(url.protocol))
    throw unavailable('it is not an http or https address');
  if (url.username !== '' || url.password !== '') throw unavailable('it holds a user name or password');
  const mayConnect = options.mayConnect ?? isPublicAddress;
  const host = url.hostname.replace(/^\[|\]$/g, '');
  // A literal address is never looked up. The URL parser has made decimal, octal and hexadecimal forms into it.
  if (isIP(host) !== 0 && !mayConnect(host)) throw refused();
  return exchange(url, options, checkedLookup(options.lookup ?? systemLookup, mayConnect));
}

const refused = () => unavailable('it leads to an address that is not on the public internet');

/** Resolves like `lookup`, and fails when any of the addresses may not be connected to. */
const checkedLookup =
  (lookup: LookupFunction, mayConnect: (address: string) => boolean): LookupFunction =>
  (hostname, options, done) => {
    lookup(hostname, { ...options, all: true }, (error, found, family) => {
      if (error !== null) return done(error, '', 0);
      const addresses =
        typeof found === 'string' ? [{ address: found, family: family ?? isIP(found) }] : found;
      const [first] = addresses;
      if (first === undefined || !addresses.every(({ address }) => mayConnect(address)))
        return done(refused(), '', 0);
      if (options.all === true) return done(null, addresses);
      return done(null, first.address, first.family);
    });
  };

function exchange(url: URL, options: Outgoing, lookup: LookupFunction): Promise<Answered> {
  const { method = 'GET', headers = {}, body, timeoutMs = 10_000, maxBytes = 64 * 1024 } = options;
  return new Promise((resolve, reject) => {
    const ask = url.protocol === 'https:' ? secureRequest : plainRequest;
    const signal = AbortSignal.timeout(timeoutMs);
    const fail = (error: Error) =>
      reject(signal.aborted ? unavailable('it did not answer in time') : reasonOf(error));
    // No agent: a connection that was made elsewhere is never used here.
    const request = ask(url, {
      method,
      headers: { ...headers, connection: 'close' },
      agent: false,
      lookup,
      signal,
    });
    request.once('error', fail);
    request.once('response', (response) => readAnswer(response, maxBytes, resolve, fail));
    request.end(body);
  });
}

function readAnswer(
  response: IncomingMessage,
  maxBytes: number,
  resolve: (answer: Answered) => void,
  fail: (error: Error) => void,
): void {
  const chunks: Buffer[] = [];
  let size = 0;
  const end = () =>
    resolve({
      status: response.statusCode ?? 0,
      body: Buffer.concat(chunks).subarray(0, maxBytes).toString('utf8'),
    });
  response.on('data', (chunk: Buffer) => {
    chunks.push(chunk);
    size += chunk.length;
    if (size < maxBytes) return;
    end();
    response.destroy();
  });
  response.once('end', end);
  response.once('error', fail);
}

/** Names and addresses stay out of it: it is logged, and the address may hold a secret. */
function reasonOf(error: Error): Error {
  if ('code' in error && error.code === 'unavailable') return error;
  const code = 'code' in error && typeof error.code === 'string' ? error.code : 'the connection failed';
  return unavailable(`it cannot be reached (${code})`);
}
