import { type DestinationStream, type Logger, pino, stdSerializers } from 'pino';

export type Log = Pick<Logger, 'debug' | 'info' | 'warn' | 'error' | 'child'>;

/** Names of values that may hold a secret or what people wrote; never logged, whatever the level. */
const KEPT_BACK = [
  'token', 'secret', 'password', 'authorization', 'text', 'params', 'query', 'private_metadata', 'response_url', 'trigger_id',
];
const REDACTED = KEPT_BACK.flatMap((name) => [name, `*.${name}`, `*.headers.${name}`]);

/** Database errors carry the values of the statement in their message, and with them what people wrote. */
const TELLING = new Set(['DrizzleQueryError', 'DatabaseError', 'error', 'SqliteError']);

/** An error without anything that people wrote: where it happened and its code are enough to find it. */
function quietError(error: unknown): unknown {
  if (!(error instanceof Error)) return { type: typeof error };
  const codes: string[] = [];
  let telling = false;
  for (let e: unknown = error; e instanceof Error; e = e.cause) {
    telling ||= TELLING.has(e.name) || TELLING.has(e.constructor.name);
    const { code } = e as { code?: unknown };
    if (typeof code === 'string') codes.push(code);
  }
  const whole = stdSerializers.err(error);
  const frames = (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line));
  const { message } = telling ? { message: 'a database statement failed' } : whole;
  return { type: whole.type, message, codes, stack: frames.join('\n') };
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
