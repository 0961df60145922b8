import { and, asc, count, eq, gt, isNull, lt, lte, min, or, sql } from 'drizzle-orm';
import type { Instant } from '../src/clock.ts';
import { newId } from '../src/ids.ts';
import type { Json, JsonObject } from '../src/ui/card.ts';
import { type Places, at, prepared, row } from './prepared.ts';
import type { Db } from './store.ts';
import type { Tables } from './tables.ts';

export type FollowUpRow = Tables['followUps']['$inferSelect'];

export interface NewFollowUp {
  readonly action: string;
  readonly input: JsonObject;
  readonly key: string;
  readonly dueAt?: Instant;
}

const FOLLOW_UP = ['org', 'id', 'key', 'action', 'input', 'cause', 'dueAt', 'state', 'tries'] as const;

const queueOne = prepared<(typeof FOLLOW_UP)[number], unknown>('queue_follow_up', (db) =>
  db.insert(db.t.followUps).values(row(FOLLOW_UP)).onConflictDoNothing(),
);

export async function queueFollowUps(
  tx: Db,
  org: string,
  cause: number,
  now: Instant,
  items: readonly NewFollowUp[],
): Promise<void> {
  if (items.length === 0) return;
  const rows = items.map((item) => ({
    org,
    id: newId(),
    key: item.key,
    action: item.action,
    input: item.input,
    cause,
    dueAt: item.dueAt ?? now,
    state: 'waiting' as const,
    tries: 0,
  }));
  const [first, ...others] = rows;
  if (first !== undefined && others.length === 0) return void (await queueOne(tx, first));
  await tx.insert(tx.t.followUps).values(rows).onConflictDoNothing().returning({ id: tx.t.followUps.id });
}

const ready = (db: Db, p: Places<'now' | 'wallNow'>) => {
  const { followUps: t } = db.t;
  return and(
    eq(t.state, sql`'waiting'`),
    lte(t.dueAt, at(db, p.now, t.dueAt)),
    or(isNull(t.tryAt), lte(t.tryAt, at(db, p.wallNow, t.tryAt))),
    or(isNull(t.leaseUntil), lt(t.leaseUntil, at(db, p.wallNow, t.leaseUntil))),
  );
};

const due = prepared('follow_ups_due', (db, p: Places<'now' | 'wallNow' | 'limit'>) => {
  const { followUps } = db.t;
  return db
    .select({ org: followUps.org, id: followUps.id })
    .from(followUps)
    .where(ready(db, p))
    .orderBy(asc(followUps.dueAt), asc(followUps.id))
    .limit(p.limit);
});

export const followUpsDue = (db: Db, now: Instant, wallNow: Instant, limit: number) =>
  due(db, { now, wallNow, limit });

const claim = prepared('claim_follow_up', (db, p: Places<'org' | 'id' | 'now' | 'wallNow' | 'until'>) => {
  const { followUps: t } = db.t;
  return db
    .update(t)
    .set({ leaseUntil: at(db, p.until, t.leaseUntil), tries: sql`${t.tries} + 1` })
    .where(and(eq(t.org, p.org), eq(t.id, p.id), ready(db, p)))
    .returning();
});

/** Leases one follow-up for `leaseMs` of wall time; undefined when another copy has it or it is done. */
export async function claimFollowUp(
  tx: Db,
  org: string,
  id: string,
  now: Instant,
  wallNow: Instant,
  leaseMs: number,
): Promise<FollowUpRow | undefined> {
  return (await claim(tx, { org, id, now, wallNow, until: wallNow + leaseMs }))[0];
}

const endWell = prepared('end_follow_up', (db, p: Places<'org' | 'id'>) => {
  const { followUps: t } = db.t;
  return db
    .update(t)
    .set({ state: 'done', leaseUntil: null })
    .where(and(eq(t.org, p.org), eq(t.id, p.id)))
    .returning({ id: t.id });
});

export async function endFollowUp(
  tx: Db,
  org: string,
  id: string,
  end:
    | { state: 'done' }
    | { state: 'failed'; error: string }
    | { state: 'waiting'; tryAt: Instant; error: string },
): Promise<void> {
  if (end.state === 'done') return void (await endWell(tx, { org, id }));
  const { followUps } = tx.t;
  await tx
    .update(followUps)
    .set({ ...end, leaseUntil: null })
    .where(and(eq(followUps.org, org), eq(followUps.id, id)))
    .returning({ id: followUps.id });
}

export type KeptResult = { readonly action: string; readonly inputHash: string; readonly result: Json };

const resultOf = prepared('result_of', (db, p: Places<'org' | 'key'>) => {
  const { results } = db.t;
  return db
    .select()
    .from(results)
    .where(and(eq(results.org, p.org), eq(results.key, p.key)));
});

export async function resultFor(db: Db, org: string, key: string): Promise<KeptResult | undefined> {
  const [found] = await resultOf(db, { org, key });
  return found === undefined
    ? undefined
    : { action: found.action, inputHash: found.inputHash, result: found.result ?? null };
}

const RESULT = ['org', 'key', 'action', 'inputHash', 'result', 'at'] as const;

const insertResult = prepared<(typeof RESULT)[number], unknown>('insert_result', (db) =>
  db.insert(db.t.results).values(row(RESULT)),
);

export async function keepResult(
  tx: Db,
  kept: { org: string; key: string; at: Instant } & KeptResult,
): Promise<void> {
  await insertResult(tx, kept);
}

/** Organisations that keep results from before `before`. */
export async function orgsWithOldResults(db: Db, before: Instant, limit: number): Promise<string[]> {
  const { results } = db.t;
  const rows = await db
    .selectDistinct({ org: results.org })
    .from(results)
    .where(lt(results.at, before))
    .limit(limit);
  return rows.map((row) => row.org);
}

/** Removes an organisation's kept results from before `before`; returns how many. */
export async function forgetResults(tx: Db, org: string, before: Instant): Promise<number> {
  const { results } = tx.t;
  const gone = await tx
    .delete(results)
    .where(and(eq(results.org, org), lt(results.at, before)))
    .returning({ key: results.key });
  return gone.length;
}

/** Records that a slot was run, or that its time passed; false when it was recorded before. */
export async function recordSlot(
  tx: Db,
  slot: {
    org: string;
    job: string;
    target: string;
    nominal: Instant;
    ranAt: Instant;
    outcome: 'on time' | 'late' | 'missed';
  },
): Promise<boolean> {
  const rows = await tx
    .insert(tx.t.slots)
    .values(slot)
    .onConflictDoNothing()
    .returning({ job: tx.t.slots.job });
  return rows.length > 0;
}

/** When the next follow-up that waits for a later time is due after `now`, in any organisation. */
export async function nextFollowUpAt(db: Db, now: Instant): Promise<Instant | undefined> {
  const { followUps } = db.t;
  const [row] = await db
    .select({ at: min(followUps.dueAt) })
    .from(followUps)
    .where(and(eq(followUps.state, 'waiting'), gt(followUps.dueAt, now)));
  return row?.at ?? undefined;
}

/** Follow-ups that failed for good. */
export async function countFailedFollowUps(db: Db, org: string): Promise<number> {
  const { followUps } = db.t;
  const [row] = await db
    .select({ n: count() })
    .from(followUps)
    .where(and(eq(followUps.org, org), eq(followUps.state, 'failed')));
  return row?.n ?? 0;
}
