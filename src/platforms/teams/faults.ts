import { codeOf } from '../../errors.ts';
import { neverSent } from '../network.ts';
import { SendError, type SendFault } from '../platform.ts';

/** What was being asked: `post` makes something new each time, `put` and `get` may be repeated at will. */
export type Asked = 'post' | 'put' | 'get';

/**
 * What an HTTP status means for a message. 412, 502 and 503 are documented as not accepted, try again; 500 and
 * 504 say nothing about what the service behind the gateway did, so a new message may stand there already. A service
 * that does not know what is asked says 400, 405 or 501.
 */
function faultOf(status: number, code: string, asked: Asked): SendFault {
  if (status === 429) return 'limited';
  if (status === 403) return 'unreachable';
  if (status === 404) return asked === 'put' && code !== 'ConversationNotFound' ? 'refused' : 'unreachable';
  if (status === 401 || status === 412 || status === 502 || status === 503) return 'transient';
  if (status === 501) return 'refused';
  if (status === 408 || status >= 500) return asked === 'post' ? 'unknown' : 'transient';
  return 'refused';
}

/** Milliseconds from a Retry-After header in seconds or as a date; undefined when there is none. */
export function retryAfter(header: string | null, now: number): number | undefined {
  if (header === null || header.trim() === '') return undefined;
  const seconds = Number(header);
  const ms = Number.isFinite(seconds) ? seconds * 1000 : Date.parse(header) - now;
  return Number.isFinite(ms) ? Math.min(Math.max(ms, 0), 3_600_000) : undefined;
}

/** Without a Retry-After, one conversation is free again after about a second (7 posts in 1 s). */
const DEFAULT_WAIT_MS = 2000;

/** `code` is the service's own, e.g. `BotNotInConversationRoster`; its message may quote a card and is left out. */
export function faultFromStatus(
  status: number,
  code: string,
  asked: Asked,
  wait: number | undefined,
): SendError {
  const fault = faultOf(status, code, asked);
  const words = `Teams answered ${status}${code === '' ? '' : ` ${code}`}`;
  const after = fault === 'limited' ? (wait ?? DEFAULT_WAIT_MS) : wait;
  return new SendError(fault, words, after === undefined ? {} : { retryAfterMs: after });
}

/** A request that got no answer: refused at the door, or broken off after the message may have been taken. */
export function faultFromNetwork(error: unknown, asked: Asked): SendError {
  if (error instanceof SendError) return error;
  const code = codeOf(error);
  const fault = neverSent(error) || asked !== 'post' ? 'transient' : 'unknown';
  const name = error instanceof Error ? error.name : 'error';
  return new SendError(fault, `No answer from Teams (${code === '' ? name : code})`, { cause: error });
}
