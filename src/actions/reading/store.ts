import { setImmediate as nextTurn } from 'node:timers/promises';
import { and, eq, inArray } from 'drizzle-orm';
import { type Reading, presentKey, presentReadings } from '../../../db/metrics.ts';
import { insertReadings, supersedeReadings } from '../../../db/readings.ts';
import type { Db } from '../../../db/store.ts';
import { type Period, dueAt, nextPeriod } from '../../domain/period.ts';
import { newIds } from '../../ids.ts';
import type { About } from './batch.ts';

/** A reading whose seat, metric and period are known. */
export interface Counted extends About {
  readonly period: Period;
  readonly value: number;
  readonly note: string | null;
}

interface By {
  readonly org: string;
  readonly now: number;
  readonly zone: string;
  /** Person id, or `token:<id>`. */
  readonly reporter: string;
}

/** The new reading's id, and the value that counted before it. */
export interface Stored {
  readonly id: string;
  readonly before: number | null;
}

/** So many rows are made before others get a turn of the event loop. */
const TURN = 2000;

/**
 * Stores readings in their order: each supersedes the one that counted for its metric and period, which may be an
 * earlier one of the same batch. Metrics whose awaited reading came await their next period.
 */
export async function storeReadings(tx: Db, by: By, counted: readonly Counted[]): Promise<Stored[]> {
  const keys = counted.map(({ metric, period }) => presentKey(metric.id, period.key));
  const before = await presentReadings(tx, by.org, keys);
  const present = new Map<string, { id: string; value: number; present: string | null }>(before);
  const rows: Reading[] = [];
  const ids = newIds(counted.length);
  const stored: Stored[] = [];
  for (const [i, { metric, period, value, note }] of counted.entries()) {
    if (i % TURN === TURN - 1) await nextTurn();
    const key = keys[i]!;
    const old = present.get(key);
    if (old !== undefined) old.present = null;
    const row: Reading = {
      org: by.org,
      id: ids[i]!,
      metric: metric.id,
      period: period.key,
      periodStart: period.start,
      value,
      at: by.now,
      reporter: by.reporter,
      note,
      present: key,
      supersedes: old?.id ?? null,
    };
    present.set(key, row);
    rows.push(row);
    stored.push({ id: row.id, before: old?.value ?? null });
  }
  await supersedeReadings(
    tx,
    by.org,
    [...before.values()].map(({ id }) => id),
  );
  await insertReadings(tx, rows);
  await awaitNext(tx, by, counted);
  return stored;
}

/** The awaited readings came: from now on their metrics await the period after the last of them. */
async function awaitNext(tx: Db, { org, zone }: By, counted: readonly Counted[]): Promise<void> {
  const awaited = new Map<string, Period>();
  for (const { metric, period } of counted) {
    if (period.key !== (awaited.get(metric.id)?.key ?? metric.duePeriod)) continue;
    awaited.set(metric.id, nextPeriod(metric.cadence, period, zone));
  }
  const moves = new Map(counted.map(({ metric }) => [metric.id, metric]));
  const alike = Map.groupBy(awaited, ([id, next]) => `${moves.get(id)!.duePeriod} ${next.key}`);
  const { metrics } = tx.t;
  for (const group of alike.values()) {
    const [[first, next]] = group as [[string, Period]];
    const ids = group.map(([id]) => id);
    await tx
      .update(metrics)
      .set({ duePeriod: next.key, dueAt: dueAt(next, zone) })
      .where(
        and(
          eq(metrics.org, org),
          inArray(metrics.id, ids),
          eq(metrics.duePeriod, moves.get(first)!.duePeriod),
        ),
      )
      .returning({ id: metrics.id });
  }
}
