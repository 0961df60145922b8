import { and, asc, desc, eq, gt, gte, lte, min } from 'drizzle-orm';
import type { Instant } from '../src/clock.ts';
import type { Visibility } from '../src/domain/visibility.ts';
import { type Places, among, list, prepared } from './prepared.ts';
import type { Db } from './store.ts';
import type { Tables } from './tables.ts';

export type Digest = Tables['digests']['$inferSelect'];
type Slot = Tables['slots']['$inferSelect'];

export async function digestOfChannel(db: Db, org: string, channel: string): Promise<Digest | undefined> {
  const { digests } = db.t;
  const [row] = await db
    .select()
    .from(digests)
    .where(and(eq(digests.org, org), eq(digests.channel, channel)));
  return row;
}

export async function digestById(db: Db, org: string, id: string): Promise<Digest | undefined> {
  const { digests } = db.t;
  const [row] = await db
    .select()
    .from(digests)
    .where(and(eq(digests.org, org), eq(digests.id, id)));
  return row;
}

const nextOf = prepared('next_digests_of', (db, p: Places<'org' | 'channels'>) => {
  const { digests } = db.t;
  return db
    .select({ channel: digests.channel, nextAt: digests.nextAt })
    .from(digests)
    .where(and(eq(digests.org, p.org), among(db, digests.channel, p.channels)));
});

/** When the next digest of each of these channels is due, by channel. */
export async function nextDigests(
  db: Db,
  org: string,
  channels: readonly string[],
): Promise<ReadonlyMap<string, Instant>> {
  if (channels.length === 0) return new Map();
  const rows = await nextOf(db, { org, channels: list(db, channels) });
  return new Map(rows.map(({ channel, nextAt }) => [channel, nextAt]));
}

/** Every digest of the organisation, with the name of its channel, by that name. */
export function listDigests(
  db: Db,
  org: string,
): Promise<{ digest: Digest; name: string; reachable: boolean; visibility: Visibility }[]> {
  const { digests, channels } = db.t;
  return db
    .select({
      digest: digests,
      name: channels.name,
      reachable: channels.active,
      visibility: channels.visibility,
    })
    .from(digests)
    .innerJoin(channels, and(eq(channels.org, digests.org), eq(channels.id, digests.channel)))
    .where(eq(digests.org, org))
    .orderBy(asc(channels.name), asc(digests.id));
}

/** Slots of a job since `since`, newest first. */
export function slotsSince(db: Db, org: string, job: string, since: Instant): Promise<Slot[]> {
  const { slots } = db.t;
  return db
    .select()
    .from(slots)
    .where(and(eq(slots.org, org), eq(slots.job, job), gte(slots.nominal, since)))
    .orderBy(desc(slots.nominal));
}

export function digestsDue(db: Db, now: Instant, limit: number): Promise<Digest[]> {
  const { digests } = db.t;
  return db
    .select()
    .from(digests)
    .where(and(eq(digests.active, true), lte(digests.nextAt, now)))
    .orderBy(asc(digests.nextAt))
    .limit(limit);
}

/** When the next digest is due after `now`, in any organisation. */
export async function nextDigestAt(db: Db, now: Instant): Promise<Instant | undefined> {
  const { digests } = db.t;
  const [row] = await db
    .select({ at: min(digests.nextAt) })
    .from(digests)
    .where(and(eq(digests.active, true), gt(digests.nextAt, now)));
  return row?.at ?? undefined;
}

/** Digests whose reminders are to be planned at `now`. */
export function nudgesDue(db: Db, now: Instant, limit: number): Promise<Digest[]> {
  const { digests } = db.t;
  return db
    .select()
    .from(digests)
    .where(and(eq(digests.active, true), lte(digests.nudgeAt, now)))
    .orderBy(asc(digests.nudgeAt))
    .limit(limit);
}

/** When reminders are planned next after `now`, in any organisation. */
export async function nextNudgeAt(db: Db, now: Instant): Promise<Instant | undefined> {
  const { digests } = db.t;
  const [row] = await db
    .select({ at: min(digests.nudgeAt) })
    .from(digests)
    .where(and(eq(digests.active, true), gt(digests.nudgeAt, now)));
  return row?.at ?? undefined;
}
