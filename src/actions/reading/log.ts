import { setImmediate as nextTurn } from 'node:timers/promises';
import { orgById } from '../../../db/orgs.ts';
import { type Metric, presentKey, presentReadings } from '../../../db/metrics.ts';
import type { Db } from '../../../db/store.ts';
import { targetChangesOf } from '../../../db/targets.ts';
import { impossible } from '../../domain/metric-catalogue.ts';
import { invalid } from '../../errors.ts';
import type { Json, JsonObject } from '../../ui/card.ts';
import type { Period } from '../../domain/period.ts';
import { type Scope, type Verdict, defineAction } from '../action.ts';
import { atLeast, either, machine } from '../allow.ts';
import { reminderSubjects } from '../subjects.ts';
import { type About, type Abouts, loadAbout, loadAccepted } from './batch.ts';
import { checksOf } from './checks.ts';
import { collectFaults } from './faults.ts';
import { type Input, type Item, MOST_READINGS, input } from './input.ts';
import { periods } from './periods.ts';
import { type Counted, storeReadings } from './store.ts';
import { type Counts, type Logged, TOLD, batchFacts, countsOf, loggedOf } from './summary.ts';

/** So many readings are worked through before others get a turn of the event loop. */
const TURN = 500;

/** Who owns the number, or any accepted owner of its seat; for every reading of the batch. */
async function numberOwner(s: Scope<Input>): Promise<Verdict> {
  const abouts = await loadAbout(s.tx, s.org, s.input.readings);
  const all: About[] = [];
  for (const [i, item] of s.input.readings.entries()) {
    all.push(abouts.known(item) ?? (await abouts.need(item)));
    if (i % TURN === TURN - 1) await nextTurn();
  }
  const accepted = await loadAccepted(
    s.tx,
    s.org,
    all.map(({ seat }) => seat.id),
  );
  for (const { seat, metric } of all) {
    const owners = accepted.get(seat.id) ?? [];
    const me = s.person?.id;
    if (me !== undefined && (metric.owner === me || owners.some((o) => o.person === me))) continue;
    const names = [...new Set(owners.map((o) => o.name))].slice(0, 5).join(', ');
    return { allowed: false, whoMay: `an owner of ${seat.key} (${names === '' ? 'nobody yet' : names})` };
  }
  return { allowed: true, right: 'owner of the number' };
}

const seatsOf = ({ input }: Scope<Input>) => new Set(input.readings.map((r) => r.seat));

/** `logged` has every reading, `counts` says how many there were of which kind. */
type Result = { logged: Logged[]; counts: { [K in keyof Counts]: number } };

/**
 * Logs one or many readings: all of them or none, in one audit entry. A reading for a period that already has
 * one supersedes it; the old one is kept. A red reading is a drift signal. The number of queries is fixed.
 */
export const logReadings = defineAction({
  name: 'reading.log',
  input,
  long: { list: 'readings', most: MOST_READINGS },
  allow: either<Input>(machine('readings:write', seatsOf), atLeast('governor'), numberOwner),
  async run(scope) {
    const { tx, org, now, input, person, token } = scope;
    const zone = (await orgById(tx, org))!.zone;
    const counted = await count(scope, zone);
    const reporter = person?.id ?? `token:${token!.id}`;
    const stored = await storeReadings(tx, { org, now, zone, reporter }, counted);
    const targets = await targetChangesOf(
      tx,
      org,
      counted.map(({ metric }) => metric.id),
    );
    const logged = loggedOf(counted, stored, targets);
    const counts = countsOf(logged);
    const seats = [...new Set(counted.map(({ seat }) => `seat:${seat.id}`))];
    const reminders = await reminderSubjects(
      tx,
      org,
      counted.map(({ seat, metric }) => ({ owner: metric.owner, channel: seat.channel })),
    );
    const long = logged.length > TOLD;
    if (long) await nextTurn();
    const facts: JsonObject = long
      ? { batch: await batchFacts(counted, stored, counts) }
      : { readings: logged.map(factsOf) };
    const result: Result = { logged, counts: { ...counts } };
    return {
      result,
      kept: long ? { logged: [], counts: { ...counts } } : result,
      audit: {
        subject: seats.length === 1 ? seats[0]! : 'readings',
        facts,
        ...notesOf(input.readings),
      },
      changed: [...seats, ...reminders],
      followUps: await checksOf(tx, { org, now, zone }, counted, stored, person?.id),
    };
  },
});

/** Every reading with its seat, metric and period; throws what is wrong with all of them. */
async function count({ tx, org, now, input }: Scope<Input>, zone: string): Promise<Counted[]> {
  const { readings } = input;
  const { periodFor, lastOf } = periods(now, zone);
  const abouts = await loadAbout(tx, org, readings);
  const came = await lastCame(tx, org, readings, abouts, lastOf);
  const faults = collectFaults(readings.length);
  const counted: Counted[] = [];
  for (const [index, item] of readings.entries()) {
    try {
      const about = abouts.known(item) ?? (await abouts.need(item));
      const wrong = impossible(about.metric, item.value);
      if (wrong !== undefined) throw invalid(wrong, { fields: { value: wrong } });
      const period = periodFor(about.metric, item, came.has(about.metric.id));
      counted.push({ ...about, period, value: item.value, note: item.note ?? null });
    } catch (error) {
      faults.add(index, error);
    }
    if (index % TURN === TURN - 1) await nextTurn();
  }
  faults.tell();
  return counted;
}

/** A unit is what people wrote. */
function factsOf(logged: Logged): JsonObject {
  const { unit: _, ...facts } = logged;
  return facts;
}

/** What people wrote, by its place in the batch when that is long. */
function notesOf(readings: readonly Item[]): { text?: Json } {
  if (readings.every((r) => r.note === undefined)) return {};
  if (readings.length <= TOLD) return { text: { notes: readings.map((r) => r.note ?? null) } };
  const written = readings.flatMap((r, i) => (r.note === undefined ? [] : [[i, r.note] as const]));
  return { text: { notes: Object.fromEntries(written) } };
}

/** Metrics whose last complete period has its reading already. */
async function lastCame(
  tx: Db,
  org: string,
  items: readonly Item[],
  abouts: Abouts,
  lastOf: (metric: Metric) => Period,
): Promise<Set<string>> {
  const keys = new Set<string>();
  for (const item of items) {
    if (item.period !== undefined) continue;
    const metric = abouts.known(item)?.metric;
    if (metric !== undefined) keys.add(presentKey(metric.id, lastOf(metric).key));
  }
  if (keys.size === 0) return new Set();
  return new Set([...(await presentReadings(tx, org, [...keys])).values()].map((reading) => reading.metric));
}
