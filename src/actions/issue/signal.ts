import { and, eq } from 'drizzle-orm';
import { z } from 'zod';
import { type Issue, openIssueFor } from '../../../db/issues.ts';
import { type Metric, metricById, presentReading } from '../../../db/metrics.ts';
import { seatById } from '../../../db/seats.ts';
import type { Db } from '../../../db/store.ts';
import { type Severity, type SignalKind, SIGNAL_SEVERITY } from '../../domain/issue.ts';
import { formatTarget, statusOf, withUnit } from '../../domain/metric.ts';
import { type Effects, defineAction } from '../action.ts';
import { onlyCoxswain } from '../allow.ts';
import { startRound } from '../escalation/index.ts';
import { issueSubjects } from '../subjects.ts';
import { addSignal, channelPost, openIssue } from './open-issue.ts';

const input = z.object({
  /** Metric id. */
  metric: z.string(),
  period: z.string(),
  kind: z.enum(['red', 'missing']),
  /** Person id of who logged the reading: they are not pinged about what they just did. */
  cause: z.string().optional(),
});

/** The issue is null when the reading came, or was corrected, before the signal could be given. */
type Signalled = { id: string | null; ref: string | null; opened: boolean };

/** A drift signal: opens an issue, or joins the one that is open for this seat and metric as evidence. */
export const signalDrift = defineAction({
  name: 'issue.signal',
  input,
  allow: onlyCoxswain,
  async run({ tx, org, now, input }): Promise<Effects<Signalled>> {
    const metric = (await metricById(tx, org, input.metric))!;
    const seat = (await seatById(tx, org, metric.seat))!;
    const reading = await presentReading(tx, org, metric.id, input.period);
    const outdated =
      input.kind === 'missing'
        ? reading !== undefined
        : reading !== undefined && statusOf(metric, reading.value) !== 'red';
    if (outdated) {
      return {
        result: { id: null, ref: null, opened: false },
        audit: {
          subject: `seat:${seat.id}`,
          facts: { metric: metric.id, period: input.period, signal: input.kind, outdated },
        },
      };
    }
    const signal = {
      kind: input.kind,
      period: input.period,
      sentence: say(input.kind, metric, input.period, reading?.value),
    };
    const open = await openIssueFor(tx, org, seat.id, metric.id);
    if (open !== undefined) {
      await addSignal(tx, { org, issue: open.id, now, ...signal });
      const severity = SIGNAL_SEVERITY[input.kind];
      const worse = severity < open.severity;
      if (worse) {
        const openedBy = input.cause ?? open.openedBy;
        await worsen(tx, org, now, open, { severity, title: titleOf(input.kind, metric), openedBy });
      }
      return {
        result: { id: open.id, ref: open.ref, opened: false },
        audit: {
          subject: `issue:${open.id}`,
          facts: {
            ref: open.ref,
            signal: input.kind,
            metric: metric.id,
            period: input.period,
            severity: worse ? severity : open.severity,
          },
        },
        shows: worse ? channelPost(seat, open.id) : [],
        changed: await issueSubjects(tx, org, open.id),
      };
    }
    const title = titleOf(input.kind, metric);
    const effects = await openIssue(tx, {
      org,
      now,
      seat,
      metric: metric.id,
      kind: 'drift',
      severity: SIGNAL_SEVERITY[input.kind],
      title,
      openedBy: input.cause ?? null,
      signal,
    });
    return { ...effects, result: { ...effects.result, opened: true } };
  },
});

const titleOf = (kind: Exclude<SignalKind, 'person'>, metric: Metric): string =>
  kind === 'red' ? `${metric.name} is red` : `${metric.name} is missing`;

/**
 * What was only missing turns out to be red: the open issue becomes severe, is open again, and its people are asked
 * anew. The first acknowledgement is kept; who logged the red value is not pinged about it.
 */
async function worsen(
  tx: Db,
  org: string,
  now: number,
  { id: issue, seat }: Pick<Issue, 'id' | 'seat'>,
  as: { readonly severity: Severity; readonly title: string; readonly openedBy: string | null },
): Promise<void> {
  const { issues } = tx.t;
  await tx
    .update(issues)
    .set({ ...as, state: 'open' })
    .where(and(eq(issues.org, org), eq(issues.id, issue)))
    .returning({ id: issues.id });
  await startRound(tx, { org, issue, seat, severity: as.severity, now, because: 'worse' });
}

function say(
  kind: Exclude<SignalKind, 'person'>,
  metric: Metric,
  period: string,
  value: number | undefined,
): string {
  const target = formatTarget(metric, metric.unit);
  if (kind === 'missing') return `No reading of ${metric.name} came for ${period} (target ${target}).`;
  const seen = value === undefined ? 'a reading' : withUnit(value, metric.unit);
  const tolerance = metric.tolerance === 0 ? '' : `, tolerance ${withUnit(metric.tolerance, metric.unit)}`;
  return `${metric.name} was ${seen} in ${period}; the target is ${target}${tolerance}.`;
}
