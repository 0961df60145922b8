import { claimMessage, endDelivery, lastPost, markShown, type Message, messageByKey, retryMessage, setAside, startDelivery } from '../../db/messages.ts';
import { pingsOfGroup } from '../../db/issues.ts';
import { queueFollowUps } from '../../db/work.ts';
import { MINUTE, SECOND } from '../clock.ts';
import type { App } from '../context.ts';
import { PING_GROUP } from '../domain/escalation.ts';
import { newId } from '../ids.ts';
import { SendError, type ShownRef } from '../platforms/platform.ts';
import type { Card } from '../ui/card.ts';
import { note } from '../ui/card.ts';
import { clip } from '../text.ts';
import { type Platforms, type Route, resolve } from './destination.ts';
import { type Spacing, spacing } from './spacing.ts';

/** An attempt that takes longer than this was lost with its process; another one may look into it. */
const LEASE = MINUTE;
/** Attempts before a message is parked; with the backoff below that is about a day. */
const TRIES = 12;
const FIRST_PAUSE = 2 * SECOND;
const LONGEST_PAUSE = 4 * 60 * MINUTE;

export interface SenderDeps {
  readonly app: App;
  readonly platforms: Platforms;
  /** Draws the message from present data; undefined when there is nothing to say any more. */
  readonly view: (org: string, message: Message) => Promise<Card | undefined>;
  /** Views that are sent again, marked *may repeat*, when it cannot be known whether an attempt succeeded. */
  readonly urgent: ReadonlySet<string>;
  /** Least time between two posts into one conversation, in ms. */
  readonly spacingMs: number;
}

export type Send = (work: { org: string; id: string }) => Promise<void>;

/**
 * Brings one message up to date: claims it, draws it from present data, posts or updates, and records what came of
 * it. Level-triggered: however often it is called and whatever crashes, it works towards the wanted revision.
 */
export function createSender(deps: SenderDeps): Send {
  const gaps = spacing(deps.spacingMs);
  return async ({ org, id }) => {
    const { app } = deps;
    const message = await app.store.write((tx) => claimMessage(tx, org, id, app.wall.now(), LEASE));
    if (message === undefined) return;
    await deliver(deps, gaps, message).catch(async (error: unknown) => {
      // Looking up an earlier attempt may fail like sending does.
      if (error instanceof SendError) return afterFault(app, message, error);
      app.log.error({ err: error, message: id }, 'a message could not be drawn or recorded');
      await again(app, message, clip(String(error instanceof Error ? error.message : error), 300));
    });
  };
}

async function deliver(deps: SenderDeps, gaps: Spacing, message: Message): Promise<void> {
  const { app } = deps;
  const route = await resolve(app.store.read, deps.platforms, message);
  if (typeof route === 'string') return park(app, message, route, true);
  const card = await deps.view(message.org, message);
  if (card === undefined && message.ref === null) {
    return app.store.write((tx) => setAside(tx, message.org, message.id, 'withdrawn', 'nothing to say any more'));
  }
  if (card === undefined) return app.store.write((tx) => markShown(tx, message.org, message.id, message.wanted, null, app.wall.now()));
  if (message.ref !== null) {
    const free = gaps.freeAt(updatesOf(route), app.wall.now());
    return free > app.wall.now() ? wait(app, message, free) : attempt(deps, gaps, message, route, card, 'update');
  }

  const thread = await parentOf(app, message);
  if (thread === 'later') return wait(app, message, app.wall.now() + FIRST_PAUSE);
  const settled = await settleUnknown(deps, message, route);
  if (settled === 'held') return undefined;
  if (settled !== undefined && settled !== 'repeat') return recordFound(app, message, settled);
  const free = gaps.freeAt(route.spacingKey, app.wall.now());
  if (free > app.wall.now()) return wait(app, message, free);
  gaps.use(route.spacingKey, app.wall.now());
  const shown = settled === 'repeat' ? mayRepeat(card) : card;
  return attempt(deps, gaps, message, route, shown, 'post', thread, settled === 'repeat');
}

/** Platforms limit posts and changes of what is posted apart from each other. */
const updatesOf = (route: Route): string => `updates:${route.spacingKey}`;

/** A message in a thread waits until the one it answers is shown. */
async function parentOf(app: App, message: Message): Promise<ShownRef | undefined | 'later'> {
  if (message.threadOf === null) return undefined;
  const parent = await messageByKey(app.store.read, message.org, message.threadOf);
  if (parent === undefined || parent.state !== 'live') return undefined;
  return parent.ref ?? 'later';
}

/** Whether an earlier attempt may have been accepted although nobody heard so. */
async function settleUnknown(deps: SenderDeps, message: Message, route: Route): Promise<ShownRef | 'held' | 'repeat' | undefined> {
  const { app } = deps;
  const last = await lastPost(app.store.read, message.org, message.id);
  if (last === undefined || (last.outcome !== 'sending' && last.outcome !== 'unknown')) return undefined;
  const found = await route.outbound.find(route.tenant, route.to, last.id);
  if (found === undefined) return undefined;
  if (found !== 'unknown') return found;
  if (deps.urgent.has(message.view)) return 'repeat';
  const reason = 'it is not known whether the platform took the first attempt, so it was not sent again';
  await app.store.write((tx) => setAside(tx, message.org, message.id, 'held', reason));
  app.log.warn({ message: message.id, view: message.view }, reason);
  return 'held';
}

const mayRepeat = (card: Card): Card => ({
  ...card,
  body: [...card.body, note('May repeat: it is not known whether this reached you before.')],
});

const recordFound = (app: App, message: Message, ref: ShownRef): Promise<void> =>
  app.store.write((tx) => markShown(tx, message.org, message.id, message.shown, ref, app.wall.now()));

async function attempt(
  { app }: SenderDeps,
  gaps: Spacing,
  message: Message,
  route: Route,
  card: Card,
  kind: 'post' | 'update',
  thread?: ShownRef,
  repeated = false,
): Promise<void> {
  const { org, id } = message;
  const delivery = newId();
  await app.store.write((tx) => startDelivery(tx, { org, id: delivery, message: id, revision: message.wanted, kind, startedAt: app.wall.now() }));
  try {
    const ref = await send();
    await app.store.write(async (tx) => {
      await endDelivery(tx, org, delivery, { endedAt: app.wall.now(), outcome: 'shown' });
      await markShown(tx, org, id, message.wanted, ref, app.wall.now(), repeated);
    });
  } catch (error) {
    if (!(error instanceof SendError)) throw error;
    await app.store.write((tx) =>
      endDelivery(tx, org, delivery, { endedAt: app.wall.now(), outcome: error.fault, detail: clip(error.message, 300) }),
    );
    if (error.fault === 'limited') {
      gaps.rest(kind === 'update' ? updatesOf(route) : route.spacingKey, app.wall.now() + (error.retryAfterMs ?? FIRST_PAUSE));
    }
    await afterFault(app, message, error);
  }

  async function send(): Promise<ShownRef> {
    const names = await route.names(card);
    if (kind === 'update') {
      await route.outbound.update(route.tenant, message.ref!, route.to, card, names);
      return message.ref!;
    }
    return route.outbound.post(route.tenant, route.to, card, names, {
      deliveryId: delivery,
      ...(thread === undefined ? {} : { thread }),
    });
  }
}

function afterFault(app: App, message: Message, error: SendError): Promise<void> {
  switch (error.fault) {
    case 'limited':
      return wait(app, message, app.wall.now() + (error.retryAfterMs ?? FIRST_PAUSE));
    case 'transient':
    case 'unknown':
      return again(app, message, error.message);
    case 'unreachable':
      return park(app, message, error.message, true);
    case 'refused':
      return park(app, message, error.message, false);
    default:
      return error.fault satisfies never;
  }
}

/** Not an attempt: the try is given back. */
const wait = (app: App, { org, id }: Message, tryAt: number): Promise<void> =>
  app.store.write((tx) => retryMessage(tx, org, id, { tryAt, spentTry: false }));

/** Backoff that doubles, with jitter so that many messages do not come back at the same moment. */
async function again(app: App, message: Message, reason: string): Promise<void> {
  if (message.tries >= TRIES) return park(app, message, `given up after ${TRIES} attempts: ${reason}`, true);
  const pause = Math.min(LONGEST_PAUSE, FIRST_PAUSE * 2 ** (message.tries - 1)) * (0.75 + Math.random() / 2);
  return app.store.write((tx) =>
    retryMessage(tx, message.org, message.id, { tryAt: app.wall.now() + pause, reason, spentTry: true }),
  );
}

/** Out of sending, with the reason for the doctor. Where a ping did not reach its person, the escalation goes on. */
async function park(app: App, message: Message, reason: string, unreachable: boolean): Promise<void> {
  const { org, id, args, toId, view } = message;
  app.log.warn({ message: id, view, reason }, 'a message is parked');
  const goesOn = unreachable && view === 'pings' && message.shown === 0;
  await app.store.write(async (tx) => {
    await setAside(tx, org, id, 'parked', clip(reason, 300));
    if (!goesOn) return;
    const from = Number(args['from']);
    const asked = await pingsOfGroup(tx, org, toId, from, from + PING_GROUP);
    const next = asked.map(({ issue }) => ({
      action: 'escalation.unreachable',
      input: { issue: issue.id, person: toId },
      key: `unreachable:${id}:${issue.id}`,
    }));
    await queueFollowUps(tx, org, 0, app.clock.now(), next);
  });
  if (goesOn) app.kick();
}
