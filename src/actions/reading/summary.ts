import { createHash } from 'node:crypto';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { type PastTarget, statusAt } from '../../domain/target.ts';
import type { JsonObject } from '../../ui/card.ts';
import type { Counted, Stored } from './store.ts';

/** One reading as it was logged. */
export type Logged = {
  seat: string;
  metric: string;
  period: string;
  value: number;
  /** Of the value; empty for none. */
  unit: string;
  status: 'green' | 'yellow' | 'red';
  /** The value that counted before, or null. */
  corrected: number | null;
};

/** A batch of more readings than this is kept in the audit log as counts and a hash. */
export const TOLD = 50;

export interface Counts {
  readonly readings: number;
  readonly corrected: number;
  readonly green: number;
  readonly yellow: number;
  readonly red: number;
}

/** Each is judged by the target that was in force when its period ended. */
export const loggedOf = (
  counted: readonly Counted[],
  stored: readonly Stored[],
  targets: ReadonlyMap<string, readonly PastTarget[]>,
): Logged[] =>
  counted.map(({ seat, metric, period, value }, i) => ({
    seat: seat.key,
    metric: metric.key,
    period: period.key,
    value,
    unit: metric.unit,
    status: statusAt(metric, targets.get(metric.id) ?? [], value, period.end),
    corrected: stored[i]!.before,
  }));

export function countsOf(logged: readonly Logged[]): Counts {
  const counts = { readings: logged.length, corrected: 0, green: 0, yellow: 0, red: 0 };
  for (const { status, corrected } of logged) {
    counts[status] += 1;
    if (corrected !== null) counts.corrected += 1;
  }
  return counts;
}

/** So many rows are hashed before others get a turn of the event loop. */
const TURN = 2000;

/**
 * What the audit log holds of a long batch. `hash` is the SHA-256 over one line `id metric period value` for each
 * reading, in the order of the batch: `readings` has these columns, from the id `first` to the id `last`.
 */
export async function batchFacts(
  counted: readonly Counted[],
  stored: readonly Stored[],
  counts: Counts,
): Promise<JsonObject> {
  const hash = createHash('sha256');
  let lines = '';
  for (const [i, { metric, period, value }] of counted.entries()) {
    lines += `${stored[i]!.id} ${metric.id} ${period.key} ${value}\n`;
    if (i % TURN === TURN - 1) {
      hash.update(lines);
      lines = '';
      await nextTurn();
    }
  }
  return {
    ...counts,
    first: stored[0]!.id,
    last: stored.at(-1)!.id,
    hash: hash.update(lines).digest('hex'),
  };
}
