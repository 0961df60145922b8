import { pino, type DestinationStream, type Logger } from 'pino';

export type Log = Pick<Logger, 'debug' | 'info' | 'warn' | 'error' | 'child'>;

/** Paths that may hold a secret or what people wrote; never logged, whatever the level. */
const REDACTED = [
  'token', 'secret', 'password', 'authorization', 'text', 'headers.authorization', '*.token', '*.secret', '*.password',
  '*.authorization', '*.text', '*.headers.authorization', '*.private_metadata', '*.response_url', '*.trigger_id',
];

export function createLog(level: string, to?: DestinationStream): Log {
  const options = { level, redact: { paths: REDACTED, censor: '[redacted]' }, base: null };
  return to === undefined ? pino(options) : pino(options, to);
}

export const silentLog: Log = pino({ level: 'silent' });
