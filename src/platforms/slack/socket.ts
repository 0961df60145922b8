import type { SocketModeReceiver } from '@slack/bolt';
import { MINUTE, type Wall } from '../../clock.ts';
import { unavailable } from '../../errors.ts';
import type { Log } from '../../log.ts';

/** How long to wait before a lost connection is opened again: at first, and at most. */
const SOON_MS = 500;
const LONGEST_MS = 30_000;

export interface Socket {
  /** Opens the connection; throws when it does not open. From then on it is opened again whenever it is lost. */
  start(): Promise<void>;
  stop(): Promise<void>;
}

/**
 * The connection of Socket Mode. Opened again here, and not by Slack's client: that one gives up at the first call that
 * fails while it reconnects, by a rejection that nobody can catch, which would end the process.
 */
export function createSocket(receiver: SocketModeReceiver, { wall, log }: { wall: Wall; log: Log }): Socket {
  let timer: NodeJS.Timeout | undefined;
  let stopped = false;
  let failures = 0;
  let openSince: number | undefined;

  async function open(): Promise<void> {
    try {
      await receiver.start();
    } catch (error) {
      // A connection that closes before it is open says nothing about why.
      throw (
        error ??
        unavailable(
          'Slack answers, but the connection of Socket Mode does not open. Let connections to wss-primary.slack.com through, or use HTTP.',
          { hint: 'SLACK_SIGNING_SECRET=…' },
        )
      );
    }
    openSince = wall.now();
    // Stopped while it was being opened.
    if (stopped) await receiver.stop();
  }

  function again(): void {
    if (stopped || timer !== undefined) return;
    // Slack closes connections now and then; one that stood for a while was no failure.
    if (openSince !== undefined && wall.now() - openSince >= MINUTE) failures = 0;
    openSince = undefined;
    const wait = Math.min(LONGEST_MS, SOON_MS * 2 ** failures);
    failures += 1;
    timer = setTimeout(() => {
      timer = undefined;
      open().then(
        () => log.info('Socket Mode is connected again'),
        (error: unknown) => {
          const reason = error instanceof Error ? error.message : String(error);
          log.warn({ reason, failures }, 'Socket Mode is not connected: nothing reaches Coxswain from Slack');
          again();
        },
      );
    }, wait);
  }

  return {
    async start() {
      await open();
      receiver.client.on('disconnected', again);
    },
    async stop() {
      stopped = true;
      clearTimeout(timer);
      await receiver.stop();
    },
  };
}
