import { setImmediate as nextTurn } from 'node:timers/promises';
import { z } from 'zod';
import { orgById } from '../../../db/orgs.ts';
import { type Metric, presentKey, presentReadings } from '../../../db/metrics.ts';
import type { Db } from '../../../db/store.ts';
import { statusOf } from '../../domain/metric.ts';
import { type Period, dueAt, periodFromKey, periodOf, previousPeriod } from '../../domain/period.ts';
import { CoxswainError, invalid } from '../../errors.ts';
import { type FollowUp, type Scope, type Verdict, defineAction } from '../action.ts';
import { atLeast, either } from '../allow.ts';
import { optionalText, typedNumber } from '../inputs.ts';
import { type About, loadAbout, loadAccepted } from './batch.ts';
import { type Counted, type Stored, storeReadings } from './store.ts';
import { MOST_CHECKED } from '../drift/index.ts';

const reading = z.object({
  seat: z.string(),
  metric: z.string(),
  value: typedNumber('the value'),
  note: optionalText('the note', 1000),
  /** `2026-W47`, `2026-11-20` or `2026-11`; by default the period that is awaited. */
  period: z.string().optional(),
});

const input = z.object({ readings: z.array(reading).min(1).max(1000) });
type Input = z.output<typeof input>;
type Item = z.output<typeof reading>;

/** Who owns the number, or any accepted owner of its seat; for every reading of the batch. */
async function numberOwner(s: Scope<Input>): Promise<Verdict> {
  const aboutOf = await loadAbout(s.tx, s.org, s.input.readings);
  const all: About[] = [];
  for (const item of s.input.readings) all.push(await aboutOf(item));
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

/** So many readings are worked through before others get a turn of the event loop. */
const TURN = 200;

/**
 * Logs one or many readings: all of them or none, in one audit entry. A reading for a period that already has
 * one supersedes it; the old one is kept. A red reading is a drift signal. The number of queries is fixed.
 */
export const logReadings = defineAction({
  name: 'reading.log',
  input,
  allow: either<Input>(atLeast('governor'), numberOwner),
  async run({ tx, org, now, input, person }) {
    const zone = (await orgById(tx, org))!.zone;
    const { periodFor, lastOf } = periods(now, zone);
    const aboutOf = await loadAbout(tx, org, input.readings);
    const came = await lastCame(tx, org, input.readings, aboutOf, lastOf);
    const counted: Counted[] = [];
    for (const [index, item] of input.readings.entries()) {
      try {
        const about = await aboutOf(item);
        counted.push({
          ...about,
          period: periodFor(about.metric, item, came.has(about.metric.id)),
          value: item.value,
          note: item.note ?? null,
        });
      } catch (error) {
        throw placed(error, index, input.readings.length);
      }
      if (index % TURN === TURN - 1) await nextTurn();
    }
    const stored = await storeReadings(tx, { org, now, zone, reporter: person!.id }, counted);
    const logged = counted.map(({ seat, metric, period, value }, i) => {
      const { before } = stored[i]!;
      const status = statusOf(metric, value);
      return { seat: seat.key, metric: metric.key, period: period.key, value, status, corrected: before };
    });
    const seats = [...new Set(counted.map(({ seat }) => `seat:${seat.id}`))];
    const notes = counted.map(({ note }) => note);
    if (counted.length > TURN) await nextTurn();
    return {
      result: { logged },
      audit: {
        subject: seats.length === 1 ? seats[0]! : 'readings',
        facts: { readings: logged },
        ...(notes.some((n) => n !== null) ? { text: { notes } } : {}),
      },
      changed: seats,
      followUps: checksOf(counted, stored, person!.id),
    };
  },
});

/** What came is looked at for drift afterwards, in portions. */
function checksOf(counted: readonly Counted[], stored: readonly Stored[], cause: string): FollowUp[] {
  const checks: FollowUp[] = [];
  for (let from = 0; from < counted.length; from += MOST_CHECKED) {
    const came = counted
      .slice(from, from + MOST_CHECKED)
      .map(({ metric, period }) => ({ metric: metric.id, period: period.key }));
    checks.push({ action: 'drift.check', input: { came, cause }, key: `drift:${stored[from]!.id}` });
  }
  return checks;
}

/** In a form with many numbers the sentence belongs to the number it is about. */
function placed(error: unknown, index: number, of: number): unknown {
  if (!(error instanceof CoxswainError) || of === 1) return error;
  return new CoxswainError(error.code, error.message, { fields: { [`value_${index}`]: error.message } });
}

/** Metrics whose last complete period has its reading already. Items that name nothing known are left to the loop. */
async function lastCame(
  tx: Db,
  org: string,
  items: readonly Item[],
  aboutOf: Awaited<ReturnType<typeof loadAbout>>,
  lastOf: (metric: Metric) => Period,
): Promise<Set<string>> {
  const keys: string[] = [];
  for (const item of items) {
    const metric = await aboutOf(item).then(
      (about) => about.metric,
      () => undefined,
    );
    if (metric !== undefined && item.period === undefined)
      keys.push(presentKey(metric.id, lastOf(metric).key));
  }
  return new Set([...(await presentReadings(tx, org, keys)).values()].map((reading) => reading.metric));
}

interface Periods {
  readonly lastOf: (metric: Metric) => Period;
  readonly periodFor: (metric: Metric, item: Item, lastCame: boolean) => Period;
}

/**
 * The period that a reading is for. Without one typed, a value is for the last complete period as long as its reading
 * is missing, or not late yet: what comes on Monday morning corrects last week. Otherwise it is for the present one.
 * Periods are worked out once for a batch, which is mostly about a few of them.
 */
function periods(now: number, zone: string): Periods {
  const known = new Map<string, Period>();
  const once = (key: string, work: () => Period): Period => {
    const period = known.get(key) ?? work();
    known.set(key, period);
    return period;
  };
  const currentOf = ({ cadence }: Metric) => once(cadence, () => periodOf(cadence, now, zone));
  const lastOf = (metric: Metric) =>
    once(`${metric.cadence} before`, () => previousPeriod(metric.cadence, currentOf(metric), zone));
  const periodFor: Periods['periodFor'] = (metric, { period: typed }, lastCame) => {
    const { cadence } = metric;
    const current = currentOf(metric);
    if (typed === undefined) {
      const last = lastOf(metric);
      const asked = last.end > metric.createdAt && (!lastCame || now <= dueAt(last, zone));
      return asked ? last : current;
    }
    const period = once(`${cadence} of ${typed}`, () => periodFromKey(cadence, typed, zone));
    if (period.start > now) {
      throw invalid(`${period.key} has not begun yet: readings are for the present or an earlier period.`, {
        hint: `period=${current.key}`,
      });
    }
    return period;
  };
  return { lastOf, periodFor };
}
