import { LogLevel, type Logger } from '@slack/bolt';
import type { Log } from '../../log.ts';

const words = (parts: readonly unknown[]): string =>
  parts.map((part) => (part instanceof Error ? part.message : String(part))).join(' ');

/** Warnings and errors of Slack's libraries in our log. Never their debug lines: those hold tokens and what people wrote. */
export function slackLogger(log: Log): Logger {
  return {
    debug: () => {},
    info: () => {},
    warn: (...parts: unknown[]) => log.warn(`slack: ${words(parts)}`),
    error: (...parts: unknown[]) => log.error(`slack: ${words(parts)}`),
    setLevel: () => {},
    getLevel: () => LogLevel.WARN,
    setName: () => {},
  };
}
