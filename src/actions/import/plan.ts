import { setImmediate as nextTurn } from 'node:timers/promises';
import { type Metric, allMetricsOfSeats, presentKey, presentReadings } from '../../../db/metrics.ts';
import { ownersOfSeats } from '../../../db/owners.ts';
import type { Person } from '../../../db/people.ts';
import { type Seat, seatsByKeys } from '../../../db/seats.ts';
import type { Db } from '../../../db/store.ts';
import { periodInText } from '../../domain/awaited.ts';
import { formatNumber } from '../../domain/metric.ts';
import { impossible } from '../../domain/metric-catalogue.ts';
import type { Period } from '../../domain/period.ts';
import { hasRole } from '../../domain/person.ts';
import type { CsvReading } from '../../domain/readings-csv.ts';
import { slug } from '../../domain/seat.ts';
import { CoxswainError } from '../../errors.ts';
import { clip } from '../../text.ts';
import { periods } from '../reading/periods.ts';

/** What would become of one reading of a file. */
export type Planned = {
  row: number;
  seat: string;
  metric: string;
  period: string;
  value: number;
  note: string | null;
} & (
  | { outcome: 'log' }
  /** `before` is the value that counts now. */
  | { outcome: 'correct'; before: number }
  | { outcome: 'skip'; why: string }
);

interface By {
  readonly org: string;
  readonly now: number;
  readonly zone: string;
  readonly person: Person;
}

/** A metric is named by its key, or by its name as long as no other one is called so. */
const isCalled = (metric: Metric, named: string): boolean =>
  metric.key === named.toLowerCase() ||
  metric.key === slug(named) ||
  metric.name.toLowerCase() === named.toLowerCase();

/** So many rows are worked through before others get a turn of the event loop. */
const TURN = 250;

/** Each item in its turn, a few at a time. */
async function inTurns<T, R>(items: readonly T[], work: (item: T, i: number) => R): Promise<R[]> {
  const done: R[] = [];
  for (const [i, item] of items.entries()) {
    done.push(work(item, i));
    if (i % TURN === TURN - 1) await nextTurn();
  }
  return done;
}

/** What would be logged, corrected and skipped. The number of queries is fixed, whatever the number of readings. */
export async function planReadings(tx: Db, by: By, rows: readonly CsvReading[]): Promise<Planned[]> {
  const seats = await seatsByKeys(
    tx,
    by.org,
    rows.map((r) => r.seat.toLowerCase()),
  );
  const ids = [...seats.values()].map((seat) => seat.id);
  const metrics = Map.groupBy(await allMetricsOfSeats(tx, by.org, ids), (m) => m.seat);
  const mine = await seatsOf(tx, by, ids);
  const { periodFor, lastOf } = periods(by.now, by.zone);
  const about = new Map<string, { seat: Seat; metric: Metric } | string>();
  const aboutOf = (row: CsvReading) => {
    const name = `${row.seat}\n${row.metric}`;
    const known = about.get(name) ?? find(row, seats, metrics, by, mine);
    about.set(name, known);
    return known;
  };
  const found = rows.map(aboutOf);
  const last = found.flatMap((one) =>
    typeof one === 'string' ? [] : [presentKey(one.metric.id, lastOf(one.metric).key)],
  );
  const lastCame = await presentReadings(tx, by.org, [...new Set(last)]);
  const withPeriod = await inTurns(rows, (row, i) => {
    const one = found[i]!;
    if (typeof one === 'string') return one;
    const wrong = impossible(one.metric, row.value);
    if (wrong !== undefined) return wrong;
    const came = lastCame.has(presentKey(one.metric.id, lastOf(one.metric).key));
    return periodOf(row, one.metric, by, (period) => periodFor(one.metric, { ...row, period }, came));
  });
  const keyOf = (i: number): string | undefined => {
    const [one, period] = [found[i]!, withPeriod[i]!];
    return typeof one === 'string' || typeof period === 'string'
      ? undefined
      : presentKey(one.metric.id, period.key);
  };
  const keys = rows.map((_, i) => keyOf(i));
  const present = await presentReadings(
    tx,
    by.org,
    keys.flatMap((key) => key ?? []),
  );
  const lastRow = new Map(keys.flatMap((key, i) => (key === undefined ? [] : [[key, i] as const])));
  return inTurns(rows, (row, i): Planned => {
    const [one, period, key] = [found[i]!, withPeriod[i]!, keys[i]];
    const note = row.note ?? null;
    const typed = { row: row.row, value: row.value, note };
    if (typeof one === 'string' || typeof period === 'string' || key === undefined) {
      const why = typeof one === 'string' ? one : typeof period === 'string' ? period : '';
      const { seat, metric } = typeof one === 'string' ? row : { seat: one.seat.key, metric: one.metric.key };
      return { ...typed, seat, metric, period: row.period ?? '', outcome: 'skip', why };
    }
    const reading = { ...typed, seat: one.seat.key, metric: one.metric.key, period: period.key };
    const again = lastRow.get(key)!;
    if (again !== i)
      return { ...reading, outcome: 'skip', why: `Row ${rows[again]!.row} is about the same, and counts.` };
    const before = present.get(key);
    if (before === undefined) return { ...reading, outcome: 'log' };
    if (before.value === row.value && (note === null || note === before.note))
      return { ...reading, outcome: 'skip', why: `${formatNumber(before.value)} is there already.` };
    return { ...reading, outcome: 'correct', before: before.value };
  });
}

/** Seats of which this person owns a role, accepted. */
async function seatsOf(tx: Db, { org, person }: By, seats: readonly string[]): Promise<Set<string>> {
  const owners = await ownersOfSeats(tx, org, seats);
  return new Set(owners.filter((o) => o.person === person.id && o.acceptedAt !== null).map((o) => o.seat));
}

function find(
  row: CsvReading,
  seats: ReadonlyMap<string, Seat>,
  metrics: ReadonlyMap<string, readonly Metric[]>,
  { person }: By,
  mine: ReadonlySet<string>,
): { seat: Seat; metric: Metric } | string {
  const seat = seats.get(row.seat.toLowerCase());
  if (seat === undefined) return `There is no seat “${clip(row.seat, 40)}”.`;
  const all = metrics.get(seat.id) ?? [];
  const typed = row.metric.toLowerCase();
  const exact = all.filter((m) => m.key === typed);
  const [metric, other] = exact.length > 0 ? exact : all.filter((m) => isCalled(m, row.metric));
  if (metric !== undefined && other !== undefined)
    return `More than one number of ${seat.key} is called “${clip(row.metric, 40)}”: ${metric.key}, ${other.key}. Name it by its key.`;
  if (metric === undefined) return `Seat “${seat.key}” has no number “${clip(row.metric, 40)}”.`;
  if (!metric.active) return `${metric.name} is paused.`;
  const may = hasRole(person.role, 'governor') || metric.owner === person.id || mine.has(seat.id);
  return may ? { seat, metric } : `It is not your number: owners of ${seat.key} and governors may log it.`;
}

/** The period of a row, or a sentence about why there is none. */
function periodOf(
  row: CsvReading,
  metric: Metric,
  { zone }: By,
  work: (period: string | undefined) => Period,
): Period | string {
  try {
    return work(row.period === undefined ? undefined : periodInText(metric.cadence, row.period, zone).key);
  } catch (error) {
    if (error instanceof CoxswainError) return error.message;
    throw error;
  }
}
