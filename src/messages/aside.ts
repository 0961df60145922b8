import { type Message, retryMessage, setAside, wantMessages } from '../../db/messages.ts';
import { peopleWithRole } from '../../db/people.ts';
import type { Db } from '../../db/store.ts';
import { type NewFollowUp, queueFollowUps } from '../../db/work.ts';
import { DAY, MINUTE, SECOND, type Instant } from '../clock.ts';
import type { App } from '../context.ts';
import type { SendError } from '../platforms/platform.ts';
import { clip } from '../text.ts';

/** Attempts before a message is parked; with the backoff below that is about a day. */
const TRIES = 12;
export const FIRST_PAUSE = 2 * SECOND;
const LONGEST_PAUSE = 4 * 60 * MINUTE;

/** View of the message that tells admins about parked ones; it is never told about itself. */
export const TROUBLE_VIEW = 'trouble';

/** What follows when a message cannot reach its person. */
export type WhenUnreachable = (tx: Db, message: Message) => Promise<readonly NewFollowUp[]>;

/** What becomes of a message after an attempt that failed. */
export function afterFault(
  app: App,
  message: Message,
  error: SendError,
  unreachable: WhenUnreachable,
): Promise<void> {
  switch (error.fault) {
    case 'limited':
      return wait(app, message, app.wall.now() + (error.retryAfterMs ?? FIRST_PAUSE));
    case 'transient':
    case 'unknown':
      return again(app, message, error.message, unreachable);
    case 'unreachable':
      return park(app, message, error.message, unreachable);
    case 'refused':
      return park(app, message, error.message);
    default:
      return error.fault satisfies never;
  }
}

/** Not an attempt: the try is given back. */
export const wait = (app: App, { org, id }: Message, tryAt: Instant): Promise<void> =>
  app.store.write((tx) => retryMessage(tx, org, id, { tryAt, spentTry: false }));

/** Backoff that doubles, with jitter so that many messages do not come back at the same moment. */
export async function again(
  app: App,
  message: Message,
  reason: string,
  unreachable: WhenUnreachable,
): Promise<void> {
  if (message.tries >= TRIES)
    return park(app, message, `given up after ${TRIES} attempts: ${reason}`, unreachable);
  const pause = Math.min(LONGEST_PAUSE, FIRST_PAUSE * 2 ** (message.tries - 1)) * (0.75 + Math.random() / 2);
  const tryAt = app.wall.now() + pause;
  return app.store.write((tx) =>
    retryMessage(tx, message.org, message.id, { tryAt, reason, spentTry: true }),
  );
}

/** Out of sending, with the reason for the doctor and one message a day to the admins. What waits for it goes on. */
export async function park(
  app: App,
  message: Message,
  reason: string,
  unreachable?: WhenUnreachable,
): Promise<void> {
  const { org, id, view } = message;
  app.log.warn({ message: id, view, reason }, 'a message is parked');
  await app.store.write(async (tx) => {
    await setAside(tx, org, id, 'parked', clip(reason, 300));
    if (view !== TROUBLE_VIEW) await tellAdmins(tx, app, org);
    if (unreachable === undefined || message.shown > 0) return;
    await queueFollowUps(tx, org, 0, app.clock.now(), await unreachable(tx, message));
  });
  app.kick();
}

async function tellAdmins(tx: Db, app: App, org: string): Promise<void> {
  const now = app.clock.now();
  const day = Math.floor(now / DAY);
  const admins = await peopleWithRole(tx, org, 'admin');
  const wanted = admins.map(({ id }) => ({
    key: `trouble:${id}:${day}`,
    to: { kind: 'person' as const, id },
    view: TROUBLE_VIEW,
    args: {},
    subject: 'trouble',
  }));
  await wantMessages(tx, org, now, app.wall.now(), wanted, undefined);
}
