import { join } from 'node:path';
import { digestsDue } from '../../db/digests.ts';
import { messagesDue, messageById } from '../../db/messages.ts';
import { postDigest } from '../../src/actions/digest/index.ts';
import { perform } from '../../src/actions/perform.ts';
import { DAY } from '../../src/clock.ts';
import type { App } from '../../src/context.ts';
import { renderCard } from '../../src/platforms/slack/card.ts';
import { createViews } from '../../src/views/index.ts';
import { counting } from '../../test/support/counting.ts';
import { answerParent } from '../child.ts';
import { CHANNELS, fillFleet, rawReadMs } from './fleet.ts';
import { type Founded, foundOrg, passingFolder } from './found.ts';

/** Monday, 09:00 in Berlin. */
const NOW = Date.UTC(2026, 10, 16, 8, 0);
const QUARTER = 14 * 7 * DAY;

const folder = passingFolder();
const fleets = new Map<number, Promise<Founded>>();

async function found(seats: number): Promise<Founded> {
  const file = join(folder, `${seats}.db`);
  const fleet = await foundOrg(file, NOW);
  fillFleet(file, fleet.org, seats, NOW);
  return fleet;
}

function fleetOf(seats: number): Promise<Founded> {
  const known = fleets.get(seats) ?? found(seats);
  fleets.set(seats, known);
  return known;
}

/** The longest turn of the event loop, in ms of this thread's own time: what others take on the same machine is not ours. */
function watchTurns(): () => number {
  const spent = () => {
    const { user, system } = process.threadCpuUsage();
    return (user + system) / 1000;
  };
  let [longest, last, on] = [0, spent(), true];
  const look = () => {
    const now = spent();
    longest = Math.max(longest, now - last);
    last = now;
    if (on) setImmediate(look);
  };
  setImmediate(look);
  return () => {
    on = false;
    return longest;
  };
}

const NOBODY = { user: () => undefined };

/** Every channel's digest once: posted as the scheduler does, drawn with its thread, and rendered for Slack. */
async function run(seats: number) {
  const { app: whole, org, file } = await fleetOf(seats);
  const { db, count } = counting(whole.store.read);
  // What is posted is drawn here, not by the engine.
  const app: App = { ...whole, store: { ...whole.store, read: db }, kick: () => undefined };
  const views = createViews(app);
  await reset(whole, org);
  const actor = { kind: 'schedule', job: 'digest' } as const;
  const stop = watchTurns();
  const before = performance.now();
  let posted = 0;
  for (const due of await digestsDue(whole.store.read, NOW, CHANNELS)) {
    await perform({ ...app, org, actor }, postDigest, { digest: due.id, nominal: due.nextAt });
  }
  const queriesBefore = count();
  for (const { id } of await messagesDue(whole.store.read, NOW, app.wall.now(), 10 * CHANNELS)) {
    const message = (await messageById(whole.store.read, org, id))!;
    const card = await views.draw(org, message, db);
    if (card === undefined) continue;
    renderCard(card, { names: NOBODY, surface: 'message', picture: () => ({ file: 'F1' }) });
    posted += 1;
  }
  const seconds = (performance.now() - before) / 1000;
  if (posted < CHANNELS) throw new Error(`only ${posted} messages were drawn`);
  return {
    seconds,
    queries: (count() - queriesBefore) / CHANNELS,
    turn: stop(),
    raw: rawReadMs(file, org, NOW - QUARTER) / 1000,
  };
}

/** As if none had been posted yet. */
const reset = ({ store }: App, org: string): Promise<void> =>
  store.write(async (tx) => {
    const { messages, slots, digests } = tx.t;
    await tx.delete(messages).returning({ id: messages.id });
    await tx.delete(slots).returning({ job: slots.job });
    const due = await digestsDue(tx, NOW + 30 * DAY, CHANNELS);
    if (due.some((digest) => digest.org !== org)) throw new Error('another organisation');
    await tx.update(digests).set({ nextAt: NOW }).returning({ id: digests.id });
  });

answerParent({ start: () => 0, run: ({ seats }: { seats: number }) => run(seats) });
