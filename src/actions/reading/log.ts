import { and, eq } from 'drizzle-orm';
import { z } from 'zod';
import { openIssueFor } from '../../../db/issues.ts';
import { type Metric, presentKey, presentReading } from '../../../db/metrics.ts';
import { orgById } from '../../../db/orgs.ts';
import type { Db } from '../../../db/store.ts';
import { statusOf } from '../../domain/metric.ts';
import { type Period, dueAt, nextPeriod, periodFromKey, periodOf, previousPeriod } from '../../domain/period.ts';
import { CoxswainError, invalid } from '../../errors.ts';
import { newId } from '../../ids.ts';
import { type FollowUp, type Scope, type Verdict, defineAction } from '../action.ts';
import { atLeast, either } from '../allow.ts';
import { ownersOfSeat } from '../../../db/owners.ts';
import { needMetric, needSeat } from '../find.ts';
import { optionalText, typedNumber } from '../inputs.ts';

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
  for (const item of s.input.readings) {
    const seat = await needSeat(s.tx, s.org, item.seat);
    const metric = await needMetric(s.tx, s.org, seat, item.metric);
    const owners = (await ownersOfSeat(s.tx, s.org, seat.id)).filter((o) => o.acceptedAt !== null);
    const me = s.person?.id;
    if (me !== undefined && (metric.owner === me || owners.some((o) => o.person === me))) continue;
    const names = [...new Set(owners.map((o) => o.name))].slice(0, 5).join(', ');
    return { allowed: false, whoMay: `an owner of ${seat.key} (${names === '' ? 'nobody yet' : names})` };
  }
  return { allowed: true, right: 'owner of the number' };
}

/**
 * Logs one or many readings: all of them or none, in one audit entry. A reading for a period that already has
 * one supersedes it; the old one is kept. A red reading is a drift signal.
 */
export const logReadings = defineAction({
  name: 'reading.log',
  input,
  allow: either<Input>(atLeast('governor'), numberOwner),
  async run({ tx, org, now, input, person }) {
    const zone = (await orgById(tx, org))!.zone;
    const logged = [];
    const followUps: FollowUp[] = [];
    const seats = new Set<string>();
    for (const [index, item] of input.readings.entries()) {
      try {
        const seat = await needSeat(tx, org, item.seat);
        const metric = await needMetric(tx, org, seat, item.metric);
        const period = periodFor(metric, item, now, zone);
        const stored = await store(tx, { org, now, metric, period, item, reporter: person!.id });
        const status = statusOf(metric, item.value);
        if (status === 'red') {
          followUps.push({
            action: 'issue.signal',
            input: { metric: metric.id, period: period.key, kind: 'red', cause: person!.id },
            key: `red:${stored.id}`,
          });
        }
        if ((await openIssueFor(tx, org, seat.id, metric.id)) !== undefined) {
          followUps.push({ action: 'issue.settle-missing', input: { metric: metric.id }, key: `came:${stored.id}` });
        }
        await awaitNext(tx, metric, period, zone);
        seats.add(`seat:${seat.id}`);
        logged.push({ seat: seat.key, metric: metric.key, period: period.key, value: item.value, status, corrected: stored.before });
      } catch (error) {
        throw placed(error, index, input.readings.length);
      }
    }
    const notes = input.readings.map((r) => r.note ?? null);
    const [only] = seats;
    return {
      result: { logged },
      audit: {
        subject: seats.size === 1 ? only! : 'readings',
        facts: { readings: logged },
        ...(notes.some((n) => n !== null) ? { text: { notes } } : {}),
      },
      changed: [...seats],
      followUps,
    };
  },
});

/** In a form with many numbers the sentence belongs to the number it is about. */
function placed(error: unknown, index: number, of: number): unknown {
  if (!(error instanceof CoxswainError) || of === 1) return error;
  return new CoxswainError(error.code, error.message, { fields: { [`value_${index}`]: error.message } });
}

function periodFor(metric: Metric, item: Item, now: number, zone: string): Period {
  const current = periodOf(metric.cadence, now, zone);
  if (item.period === undefined) {
    const last = previousPeriod(metric.cadence, current, zone);
    // Until a period's reading is late, a value that comes is for it: on Monday morning people log last week.
    return now <= dueAt(last, zone) && last.end > metric.createdAt ? last : current;
  }
  const period = periodFromKey(metric.cadence, item.period, zone);
  if (period.start > now) {
    throw invalid(`${period.key} has not begun yet: readings are for the present or an earlier period.`, { hint: `period=${current.key}` });
  }
  return period;
}

/** The awaited reading came: from now on the metric awaits the period after it. */
async function awaitNext(tx: Db, metric: Metric, period: Period, zone: string): Promise<void> {
  if (period.key !== metric.duePeriod) return;
  const { metrics } = tx.t;
  const next = nextPeriod(metric.cadence, period, zone);
  await tx
    .update(metrics)
    .set({ duePeriod: next.key, dueAt: dueAt(next, zone) })
    .where(and(eq(metrics.org, metric.org), eq(metrics.id, metric.id), eq(metrics.duePeriod, period.key)))
    .returning({ id: metrics.id });
}

interface NewReading {
  readonly org: string;
  readonly now: number;
  readonly metric: Metric;
  readonly period: Period;
  readonly item: Item;
  readonly reporter: string;
}

async function store(tx: Db, r: NewReading): Promise<{ id: string; before: number | null }> {
  const { readings } = tx.t;
  const before = await presentReading(tx, r.org, r.metric.id, r.period.key);
  if (before !== undefined) {
    await tx
      .update(readings)
      .set({ present: null })
      .where(and(eq(readings.org, r.org), eq(readings.id, before.id)))
      .returning({ id: readings.id });
  }
  const id = newId();
  await tx.insert(readings).values({
    org: r.org, id, metric: r.metric.id, period: r.period.key, periodStart: r.period.start, value: r.item.value, at: r.now,
    reporter: r.reporter, note: r.item.note ?? null, present: presentKey(r.metric.id, r.period.key), supersedes: before?.id ?? null,
  });
  return { id, before: before?.value ?? null };
}

