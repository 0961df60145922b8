import { eq, and } from 'drizzle-orm';
import { z } from 'zod';
import { driftSignals } from '../../../db/drift.ts';
import { type Loaded, loadHistories } from '../../../db/histories.ts';
import { holdOpenIssueFor } from '../../../db/held-issues.ts';
import type { Issue } from '../../../db/issues.ts';
import { metricById } from '../../../db/metrics.ts';
import { orgById } from '../../../db/orgs.ts';
import { type Seat, seatById } from '../../../db/seats.ts';
import type { Db } from '../../../db/store.ts';
import { sentenceOf, titleOf } from '../../domain/drift/sentence.ts';
import { type Seen, gapBegins } from '../../domain/drift/watch.ts';
import { DRIFT_SIGNALS, SIGNAL_SEVERITY, type Severity } from '../../domain/issue.ts';
import { statusOf } from '../../domain/metric.ts';
import { type Effects, type FollowUp, defineAction } from '../action.ts';
import { onlyCoxswain } from '../allow.ts';
import { startRound } from '../escalation/index.ts';
import { issueSubjects } from '../subjects.ts';
import { type NewSignal, addSignal, channelPost } from './evidence.ts';
import { openIssue } from './open-issue.ts';
import { overdueCheck } from './overdue.ts';
import { promises } from './promises.ts';

const input = z.object({
  /** Metric id. */
  metric: z.string(),
  period: z.string(),
  kind: z.enum(DRIFT_SIGNALS),
  /** What was seen; said by the metric's history when left out, which statistics cannot be. */
  title: z.string().optional(),
  sentence: z.string().optional(),
  facts: z.record(z.string(), z.json()).optional(),
  /** Person id of who logged the reading: they are not pinged about what they just did. */
  cause: z.string().optional(),
});
type Input = z.output<typeof input>;

/** The issue is null when the reading came, or was corrected, before the signal could be given. */
type Signalled = { id: string | null; ref: string | null; opened: boolean };

/**
 * A drift signal: opens an issue, or joins the one that is open for this seat and metric as evidence. The worst
 * severity wins. A gap that was signalled before joins only: whoever dropped its issue is not asked about it each week.
 */
export const signalDrift = defineAction({
  name: 'issue.signal',
  input,
  allow: onlyCoxswain,
  async run({ tx, org, now, input }): Promise<Effects<Signalled>> {
    const metric = (await metricById(tx, org, input.metric))!;
    const seat = (await seatById(tx, org, metric.seat))!;
    const { zone } = (await orgById(tx, org))!;
    const loaded = (await loadHistories(tx, org, [metric], now, zone)).get(metric.id)!;
    const open = await holdOpenIssueFor(tx, org, seat.id, metric.id);
    const seen = stillSeen(input, loaded);
    if (seen === undefined || (open === undefined && (await saidBefore(tx, org, seen, loaded)))) {
      return {
        result: { id: null, ref: null, opened: false },
        audit: {
          subject: `seat:${seat.id}`,
          facts: { metric: metric.id, period: input.period, signal: input.kind, outdated: true },
        },
      };
    }
    const signal: NewSignal = {
      kind: input.kind,
      period: input.period,
      sentence: input.sentence ?? sentenceOf(seen, loaded.history.periods, metric),
      facts: input.facts ?? { since: loaded.history.periods[seen.since]!.period },
    };
    const title = input.title ?? titleOf(seen, metric.name);
    const severity = SIGNAL_SEVERITY[input.kind];
    if (open !== undefined)
      return joinIssue(tx, { org, now, seat, open, signal, title, severity, cause: input.cause });
    const effects = await openIssue(tx, {
      org,
      now,
      seat,
      metric: metric.id,
      kind: 'drift',
      severity,
      title,
      openedBy: input.cause ?? null,
      signal,
    });
    return { ...effects, result: { ...effects.result, opened: true } };
  },
});

/** The signal as it stands in the numbers of this moment; undefined when they no longer say it. */
function stillSeen({ kind, period, facts }: Input, { history, metric }: Loaded): Seen | undefined {
  if (!metric.active) return undefined;
  const { periods } = history;
  const at = periods.findIndex((one) => one.period === period);
  const now = periods[at];
  if (now === undefined) return undefined;
  const since = periods.findIndex((one) => one.period === facts?.['since']);
  const seen: Seen = { kind, at, since: since === -1 ? at : since, direction: null, statistics: null };
  switch (kind) {
    case 'missing':
    case 'silent':
      return now.missing ? { ...seen, since: gapBegins(periods, at) } : undefined;
    case 'red':
      return hasStatus(now, 'red') ? seen : undefined;
    case 'yellows':
      return hasStatus(now, 'yellow') ? seen : undefined;
    case 'limits':
    case 'shift':
      return now.value === facts?.['value'] ? seen : undefined;
    default:
      return kind satisfies never;
  }
}

const hasStatus = ({ value, target }: Loaded['history']['periods'][number], status: 'red' | 'yellow') =>
  value !== null && target !== null && statusOf(target, value) === status;

/** Whether this gap had a signal before. */
async function saidBefore(tx: Db, org: string, seen: Seen, { metric, history }: Loaded): Promise<boolean> {
  if (seen.kind !== 'missing' && seen.kind !== 'silent') return false;
  const gap = new Set(history.periods.slice(seen.since, seen.at + 1).map(({ period }) => period));
  const said = await driftSignals(tx, org, [metric.id], history.periods[seen.since]!.start);
  return said.some(({ kind, period }) => (kind === 'missing' || kind === 'silent') && gap.has(period ?? ''));
}

interface Join {
  readonly org: string;
  readonly now: number;
  readonly seat: Seat;
  readonly open: Issue;
  readonly signal: NewSignal;
  readonly title: string;
  readonly severity: Severity;
  readonly cause: string | undefined;
}

async function joinIssue(tx: Db, j: Join): Promise<Effects<Signalled>> {
  const { org, now, seat, open, signal, title, severity } = j;
  await addSignal(tx, { org, issue: open.id, now, ...signal });
  const worse = severity < open.severity;
  const followUps = worse ? await worsen(tx, j, { severity, title, openedBy: j.cause ?? open.openedBy }) : [];
  return {
    result: { id: open.id, ref: open.ref, opened: false },
    audit: {
      subject: `issue:${open.id}`,
      facts: {
        ref: open.ref,
        signal: signal.kind,
        metric: open.metric,
        period: signal.period,
        severity: worse ? severity : open.severity,
      },
    },
    shows: worse ? channelPost(seat, open.id) : [],
    changed: await issueSubjects(tx, org, open.id),
    followUps,
  };
}

/**
 * What was only missing turns out to be red: the open issue becomes severe, is open again, and its people are asked
 * anew. The first acknowledgement is kept; who logged the red value is not pinged about it.
 */
async function worsen(
  tx: Db,
  { org, now, open }: Join,
  as: { readonly severity: Severity; readonly title: string; readonly openedBy: string | null },
): Promise<readonly FollowUp[]> {
  const { issues } = tx.t;
  const promised = await promises(tx, org, as.severity, now);
  await tx
    .update(issues)
    .set({ ...as, ...promised, state: 'open' })
    .where(and(eq(issues.org, org), eq(issues.id, open.id)))
    .returning({ id: issues.id });
  await startRound(tx, {
    org,
    issue: open.id,
    seat: open.seat,
    severity: as.severity,
    now,
    because: 'worse',
  });
  return overdueCheck(open, promised, now);
}
