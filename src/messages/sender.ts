import {
  type Message,
  claimMessage,
  lastPost,
  markShown,
  messageByKey,
  setAside,
} from '../../db/messages.ts';
import type { Db } from '../../db/store.ts';
import { MINUTE } from '../clock.ts';
import type { App } from '../context.ts';
import { quietReason } from '../log.ts';
import { SendError, type ShownRef } from '../platforms/platform.ts';
import { type Card, card as cardOf, note } from '../ui/card.ts';
import { forReader } from '../ui/reader.ts';
import { FIRST_PAUSE, type WhenUnreachable, afterFault, again, park, wait } from './aside.ts';
import { type Attempt, attempt } from './attempt.ts';
import { type Platforms, type Route, resolve } from './destination.ts';
import { type Spacing, createSpacing } from './spacing.ts';

/** An attempt that takes longer than this was lost with its process; another one may look into it. */
const LEASE = MINUTE;

/** What the sender needs to know of the registered views. */
export interface Views {
  /** From present data as `read` sees it; undefined when there is nothing to say any more. */
  draw(org: string, message: Message, read: Db): Promise<Card | undefined>;
  /** Sent again, marked *may repeat*, when it cannot be known whether an attempt succeeded. */
  urgent(view: string): boolean;
  readonly unreachable: WhenUnreachable;
}

export interface SenderDeps {
  readonly app: App;
  readonly platforms: Platforms;
  readonly views: Views;
  /** Least time between two posts into one conversation, in ms. */
  readonly spacingMs: number;
}

export type Send = (work: { org: string; id: string }) => Promise<void>;

/**
 * Brings one message up to date: claims it, draws it from present data, posts or updates, and records what came of
 * it. Level-triggered: however often it is called and whatever crashes, it works towards the wanted revision.
 */
export function createSender(deps: SenderDeps): Send {
  const gaps = createSpacing(deps.spacingMs);
  const { app, views } = deps;
  return async ({ org, id }) => {
    const message = await app.store.write((tx) => claimMessage(tx, org, id, app.wall.now(), LEASE));
    if (message === undefined) return;
    await deliver(deps, gaps, message).catch(async (error: unknown) => {
      // Looking up an earlier attempt may fail like sending does.
      if (error instanceof SendError) return afterFault(app, message, error, views.unreachable);
      app.log.error({ err: error, message: id }, 'a message could not be drawn or recorded');
      await again(app, message, quietReason(error), views.unreachable);
    });
  };
}

async function deliver(deps: SenderDeps, gaps: Spacing, message: Message): Promise<void> {
  const { app, views } = deps;
  const { org, id } = message;
  const route = await resolve(app.store.read, deps.platforms, message);
  if (typeof route === 'string') return park(app, message, route, views.unreachable);
  const made = await drawn(deps, message, await route.sight());
  const card =
    made === undefined || !route.restricted ? made : forReader(made, `${message.toKind}:${message.toId}`);
  if (card === undefined) {
    return app.store.write((tx) =>
      message.ref === null
        ? setAside(tx, org, id, 'withdrawn', 'nothing to say any more')
        : markShown(tx, org, id, message.wanted, null, app.wall.now()),
    );
  }
  if (message.ref !== null) return tryOnce(deps, gaps, { message, route, card, kind: 'update' });

  const thread = await parentOf(app, message);
  if (thread === 'later') return wait(app, message, app.wall.now() + FIRST_PAUSE);
  const settled = await settleUnknown(deps, message, route);
  if (settled === 'held') return undefined;
  if (settled !== undefined && settled !== 'repeat') {
    return app.store.write((tx) => markShown(tx, org, id, message.shown, settled, app.wall.now()));
  }
  const repeated = settled === 'repeat';
  return tryOnce(deps, gaps, {
    message,
    route,
    card: repeated ? mayRepeat(card) : card,
    kind: 'post',
    thread,
    repeated,
  });
}

/** What was shown, and is now about something that may not be seen there, gives way to a word that says so. */
async function drawn({ app, views }: SenderDeps, message: Message, read: Db): Promise<Card | undefined> {
  const card = await views.draw(message.org, message, read);
  if (card !== undefined || message.ref === null || read === app.store.read) return card;
  const was = await views.draw(message.org, message, app.store.read);
  return was === undefined ? undefined : NOT_HERE;
}

const NOT_HERE = cardOf('No longer shown here', [
  note('What stood here is not for everyone in this place any more.'),
]);

/** Updates have a limit of their own: a conversation that takes no more of them may still take posts. */
const laneOf = ({ route, kind }: Attempt): string =>
  kind === 'update' ? `${route.spacingKey} updates` : route.spacingKey;

async function tryOnce({ app, views }: SenderDeps, gaps: Spacing, a: Attempt): Promise<void> {
  const lane = laneOf(a);
  const free = gaps.freeAt(lane, app.wall.now());
  if (free > app.wall.now()) return wait(app, a.message, free);
  if (a.kind === 'post') gaps.use(lane, app.wall.now());
  const fault = await attempt(app, a);
  if (fault === undefined) return undefined;
  if (fault.fault === 'limited') gaps.rest(lane, app.wall.now() + (fault.retryAfterMs ?? FIRST_PAUSE));
  return afterFault(app, a.message, fault, views.unreachable);
}

/** A message in a thread waits until the one it answers is shown. */
async function parentOf(app: App, message: Message): Promise<ShownRef | undefined | 'later'> {
  if (message.threadOf === null) return undefined;
  const parent = await messageByKey(app.store.read, message.org, message.threadOf);
  if (parent === undefined || parent.state !== 'live') return undefined;
  return parent.ref ?? 'later';
}

/** Whether an earlier attempt may have been accepted although nobody heard so. */
async function settleUnknown(
  { app, views }: SenderDeps,
  message: Message,
  route: Route,
): Promise<ShownRef | 'held' | 'repeat' | undefined> {
  const last = await lastPost(app.store.read, message.org, message.id);
  if (last === undefined || (last.outcome !== 'sending' && last.outcome !== 'unknown')) return undefined;
  const found = await route.outbound.find(route.tenant, route.to, last.id);
  if (found === undefined) return undefined;
  if (found !== 'unknown') return found;
  if (views.urgent(message.view)) return 'repeat';
  const reason = 'it is not known whether the platform took the first attempt, so it was not sent again';
  await app.store.write((tx) => setAside(tx, message.org, message.id, 'held', reason));
  app.log.warn({ message: message.id, view: message.view }, reason);
  return 'held';
}

const mayRepeat = (card: Card): Card => ({
  ...card,
  body: [...card.body, note('May repeat: it is not known whether this reached you before.')],
});
