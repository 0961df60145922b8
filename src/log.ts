import { type DestinationStream, type Logger, pino } from 'pino';
import { clip } from './text.ts';

export type Log = Pick<Logger, 'debug' | 'info' | 'warn' | 'error' | 'child'>;

/** Names of values that may hold a secret or what people wrote; never logged, whatever the level. */
const KEPT_BACK = [
  'token',
  'secret',
  'password',
  'authorization',
  'text',
  'params',
  'query',
  'private_metadata',
  'response_url',
  'trigger_id',
];
const REDACTED = KEPT_BACK.flatMap((name) => [name, `*.${name}`, `*.headers.${name}`]);

/** Database errors carry the values of the statement in their message, and with them what people wrote. */
const TELLING = new Set(['DrizzleQueryError', 'DatabaseError', 'error', 'SqliteError']);

const chainOf = (error: unknown): Error[] => {
  const chain: Error[] = [];
  for (let e: unknown = error; e instanceof Error; e = e.cause) chain.push(e);
  return chain;
};

/** Why something failed, at most 300 characters, without anything that people wrote. */
export function quietReason(error: unknown): string {
  const chain = chainOf(error);
  if (chain.some((e) => TELLING.has(e.name) || TELLING.has(e.constructor.name)))
    return 'a database statement failed';
  return clip(chain[0]?.message ?? 'unknown', 300);
}

/** An error without anything that people wrote: where it happened and its code are enough to find it. */
function quietError(error: unknown): unknown {
  if (!(error instanceof Error)) return { type: typeof error };
  const codes = chainOf(error).flatMap((e) => ('code' in e && typeof e.code === 'string' ? [e.code] : []));
  const frames = (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line));
  return { type: error.name, message: quietReason(error), codes, stack: frames.join('\n') };
}

export function createLog(level: string, to?: DestinationStream): Log {
  const options = {
    level,
    redact: { paths: REDACTED, censor: '[redacted]' },
    base: null,
    serializers: { err: quietError },
  };
  return to === undefined ? pino(options) : pino(options, to);
}

export const silentLog: Log = pino({ level: 'silent' });
