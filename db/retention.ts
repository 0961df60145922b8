import { and, eq, inArray, isNotNull, isNull, lt, notExists, or, sql } from 'drizzle-orm';
import type { Kept } from '../src/domain/retention.ts';
import type { Instant } from '../src/clock.ts';
import type { Db } from './store.ts';

/** Rows of one statement: whoever writes meanwhile waits for no longer than that. */
const BATCH = 500;

/**
 * Forgets what was kept for long enough, at most a batch; returns how many rows went. `before` is business time, but for
 * attempts to send, which have real time.
 */
export async function forgetBatch(tx: Db, org: string, kept: Kept, before: Instant): Promise<number> {
  const { followUps, deliveries, messages, slots, drafts, alerts, issues } = tx.t;
  switch (kept) {
    case 'followUps': {
      const old = tx
        .select({ id: followUps.id })
        .from(followUps)
        .where(
          and(
            eq(followUps.org, org),
            inArray(followUps.state, ['done', 'failed']),
            lt(followUps.dueAt, before),
          ),
        )
        .limit(BATCH);
      return (
        await tx
          .delete(followUps)
          .where(and(eq(followUps.org, org), inArray(followUps.id, old)))
          .returning({ id: followUps.id })
      ).length;
    }
    case 'deliveries': {
      // The last word on what may have come twice or is held stays as long as its message.
      const settled = tx
        .select({ id: messages.id })
        .from(messages)
        .where(
          and(eq(messages.org, org), inArray(messages.state, ['live', 'withdrawn']), isNull(messages.tryAt)),
        );
      const old = tx
        .select({ id: deliveries.id })
        .from(deliveries)
        .where(
          and(
            eq(deliveries.org, org),
            lt(deliveries.startedAt, before),
            inArray(deliveries.message, settled),
          ),
        )
        .limit(BATCH);
      return (
        await tx
          .delete(deliveries)
          .where(and(eq(deliveries.org, org), inArray(deliveries.id, old)))
          .returning({ id: deliveries.id })
      ).length;
    }
    case 'messages': {
      const attempts = tx
        .select({ one: sql`1` })
        .from(deliveries)
        .where(and(eq(deliveries.org, messages.org), eq(deliveries.message, messages.id)));
      // What shows an open issue is still on display.
      const open = tx
        .select({ subject: sql<string>`'issue:' || ${issues.id}` })
        .from(issues)
        .where(and(eq(issues.org, org), inArray(issues.state, ['open', 'acknowledged'])));
      const old = tx
        .select({ id: messages.id })
        .from(messages)
        .where(
          and(
            eq(messages.org, org),
            lt(messages.createdAt, before),
            isNull(messages.tryAt),
            sql`${messages.subject} not in ${open}`,
            notExists(attempts),
          ),
        )
        .limit(BATCH);
      return (
        await tx
          .delete(messages)
          .where(and(eq(messages.org, org), inArray(messages.id, old)))
          .returning({ id: messages.id })
      ).length;
    }
    case 'slots':
      return (
        await tx
          .delete(slots)
          .where(and(eq(slots.org, org), lt(slots.nominal, before), lt(slots.ranAt, before)))
          .returning({ job: slots.job })
      ).length;
    case 'drafts':
      return (
        await tx
          .delete(drafts)
          .where(and(eq(drafts.org, org), lt(drafts.at, before)))
          .returning({ about: drafts.about })
      ).length;
    case 'alerts': {
      const closed = tx
        .select({ id: issues.id })
        .from(issues)
        .where(and(eq(issues.org, org), isNotNull(issues.closedAt)));
      return (
        await tx
          .delete(alerts)
          .where(
            and(
              eq(alerts.org, org),
              eq(alerts.state, 'resolved'),
              lt(alerts.seenAt, before),
              or(isNull(alerts.issue), inArray(alerts.issue, closed)),
            ),
          )
          .returning({ fingerprint: alerts.fingerprint })
      ).length;
    }
    default:
      return kept satisfies never;
  }
}
