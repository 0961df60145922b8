import { and, count, eq } from 'drizzle-orm';
import type { Instant } from '../src/clock.ts';
import type { Db } from './store.ts';
import type { Tables } from './tables.ts';

export type Alert = Tables['alerts']['$inferSelect'];

const same = (db: Db, org: string, source: string, fingerprint: string) => {
  const { alerts } = db.t;
  return and(eq(alerts.org, org), eq(alerts.source, source), eq(alerts.fingerprint, fingerprint));
};

/** The alert as it is known, marked as seen: nobody else changes it until the transaction ends. */
export async function seeAlert(
  tx: Db,
  org: string,
  source: string,
  fingerprint: string,
  now: Instant,
): Promise<Alert | undefined> {
  const [row] = await tx
    .update(tx.t.alerts)
    .set({ seenAt: now })
    .where(same(tx, org, source, fingerprint))
    .returning();
  return row;
}

/** Keeps an alert; `known` says whether it was there. */
export async function keepAlert(tx: Db, alert: Alert, known: boolean): Promise<void> {
  const { alerts } = tx.t;
  const { org, source, fingerprint, ...state } = alert;
  if (known)
    await tx
      .update(alerts)
      .set(state)
      .where(same(tx, org, source, fingerprint))
      .returning();
  else await tx.insert(alerts).values(alert);
}

/** How many alerts of an issue still fire. */
export async function countFiring(db: Db, org: string, issue: string): Promise<number> {
  const { alerts } = db.t;
  const [row] = await db
    .select({ n: count() })
    .from(alerts)
    .where(and(eq(alerts.org, org), eq(alerts.issue, issue), eq(alerts.state, 'firing')));
  return row?.n ?? 0;
}
