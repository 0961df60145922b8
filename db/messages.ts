import { and, asc, desc, eq, gt, gte, inArray, isNotNull, isNull, lt, lte, min, or, sql } from 'drizzle-orm';
import type { Instant } from '../src/clock.ts';
import type { PlatformKind } from '../src/domain/person.ts';
import { newId } from '../src/ids.ts';
import type { SendFault, ShownRef } from '../src/platforms/platform.ts';
import type { JsonObject } from '../src/ui/card.ts';
import { type Places, among, at, list, prepared } from './prepared.ts';
import type { Db } from './store.ts';
import type { Tables } from './tables.ts';

export type Message = Tables['messages']['$inferSelect'];
export type Delivery = Tables['deliveries']['$inferSelect'];

/** A message that should be on display. */
export interface Wanted {
  /** Destination, purpose, period or step: wanting it again is the same message, shown anew. */
  readonly key: string;
  readonly to: { readonly kind: 'person' | 'channel'; readonly id: string };
  /** Registered view (src/views) and what it is drawn from. */
  readonly view: string;
  readonly args: JsonObject;
  readonly subject: string;
  /** Business time before which it is not shown. */
  readonly notBefore?: Instant;
  /** Key of the message in whose thread it stands. */
  readonly threadOf?: string;
}

/** Stores what is wanted, in the transaction that wants it. Nothing goes to `cause`, who knows already. */
export async function wantMessages(
  tx: Db,
  org: string,
  now: Instant,
  wallNow: Instant,
  wanted: readonly Wanted[],
  cause: string | undefined,
): Promise<void> {
  const { messages } = tx.t;
  // One row cannot be wanted twice by one statement.
  const rows = new Map(
    wanted
      .filter((w) => w.to.kind !== 'person' || w.to.id !== cause)
      .map((w) => [w.key, newMessage(org, now, wallNow, w)]),
  );
  for (const some of chunks([...rows.values()], AT_ONCE)) {
    await tx
      .insert(messages)
      .values(some)
      .onConflictDoUpdate({
        target: [messages.org, messages.key],
        set: {
          wanted: sql`${messages.wanted} + 1`,
          args: sql`excluded.args`,
          // One that waits out a rate limit goes on waiting.
          tryAt: sql`coalesce(${messages.tryAt}, ${instantParam(tx, wallNow)})`,
          state: sql`case when ${messages.state} = 'withdrawn' then 'live' else ${messages.state} end`,
        },
      })
      .returning({ id: messages.id });
  }
}

/** Messages of one statement: both engines take a limited number of values at once. */
const AT_ONCE = 200;

const chunks = <T>(rows: readonly T[], size: number): T[][] =>
  Array.from({ length: Math.ceil(rows.length / size) }, (_, i) => rows.slice(i * size, (i + 1) * size));

const newMessage = (org: string, now: Instant, wallNow: Instant, w: Wanted) => ({
  org,
  id: newId(),
  key: w.key,
  toKind: w.to.kind,
  toId: w.to.id,
  view: w.view,
  args: w.args,
  subject: w.subject,
  wanted: 1,
  shown: 0,
  state: 'live' as const,
  mayRepeat: false,
  threadOf: w.threadOf ?? null,
  createdAt: now,
  notBefore: w.notBefore ?? now,
  tryAt: wallNow,
  tries: 0,
});

const raise = prepared('raise_subjects', (db, p: Places<'org' | 'subjects' | 'now'>) => {
  const { messages } = db.t;
  return db
    .update(messages)
    .set({
      wanted: sql`${messages.wanted} + 1`,
      tryAt: sql`coalesce(${messages.tryAt}, ${at(db, p.now, messages.tryAt)})`,
    })
    .where(
      and(eq(messages.org, p.org), among(db, messages.subject, p.subjects), eq(messages.state, sql`'live'`)),
    )
    .returning({ id: messages.id });
});

/** Everything shown about these subjects must show the new state. Returns how many messages that are. */
export async function raiseSubjects(
  tx: Db,
  org: string,
  wallNow: Instant,
  subjects: readonly string[],
): Promise<number> {
  if (subjects.length === 0) return 0;
  return (await raise(tx, { org, subjects: list(tx, subjects), now: wallNow })).length;
}

/** An instant inside an `sql` fragment, encoded as the column would. */
const instantParam = (db: Db, at: Instant) => sql.param(at, db.t.messages.tryAt);

const free = (db: Db, wallNow: Instant) =>
  or(isNull(db.t.messages.leaseUntil), lt(db.t.messages.leaseUntil, wallNow));

export function messagesDue(db: Db, now: Instant, wallNow: Instant, limit: number) {
  const { messages } = db.t;
  return db
    .select({ org: messages.org, id: messages.id })
    .from(messages)
    .where(
      and(
        eq(messages.state, 'live'),
        lte(messages.tryAt, wallNow),
        lte(messages.notBefore, now),
        free(db, wallNow),
      ),
    )
    .orderBy(asc(messages.tryAt), asc(messages.id))
    .limit(limit);
}

/** Leases a message that lags behind; undefined when there is nothing to do or another copy has it. */
export async function claimMessage(
  tx: Db,
  org: string,
  id: string,
  wallNow: Instant,
  leaseMs: number,
): Promise<Message | undefined> {
  const { messages } = tx.t;
  const [row] = await tx
    .update(messages)
    .set({ leaseUntil: wallNow + leaseMs, tries: sql`${messages.tries} + 1` })
    .where(
      and(
        eq(messages.org, org),
        eq(messages.id, id),
        eq(messages.state, 'live'),
        lte(messages.tryAt, wallNow),
        free(tx, wallNow),
      ),
    )
    .returning();
  return row;
}

export async function messageById(db: Db, org: string, id: string): Promise<Message | undefined> {
  const { messages } = db.t;
  const [row] = await db
    .select()
    .from(messages)
    .where(and(eq(messages.org, org), eq(messages.id, id)));
  return row;
}

export async function messageByKey(db: Db, org: string, key: string): Promise<Message | undefined> {
  const { messages } = db.t;
  const [row] = await db
    .select()
    .from(messages)
    .where(and(eq(messages.org, org), eq(messages.key, key)));
  return row;
}

/** Messages in a channel that the platform knows by this id; ids are unique within a conversation only. */
export function messagesByRef(db: Db, org: string, channel: string, refId: string): Promise<Message[]> {
  const { messages } = db.t;
  return db
    .select()
    .from(messages)
    .where(
      and(
        eq(messages.org, org),
        eq(messages.refId, refId),
        eq(messages.toKind, 'channel'),
        eq(messages.toId, channel),
      ),
    );
}

/** The newest attempt at posting this message, whatever came of it. */
export async function lastPost(db: Db, org: string, message: string): Promise<Delivery | undefined> {
  const { deliveries } = db.t;
  const [row] = await db
    .select()
    .from(deliveries)
    .where(and(eq(deliveries.org, org), eq(deliveries.message, message), eq(deliveries.kind, 'post')))
    .orderBy(desc(deliveries.startedAt), desc(deliveries.id))
    .limit(1);
  return row;
}

export async function startDelivery(
  tx: Db,
  row: {
    org: string;
    id: string;
    message: string;
    revision: number;
    kind: 'post' | 'update';
    startedAt: Instant;
  },
): Promise<void> {
  await tx.insert(tx.t.deliveries).values({ ...row, outcome: 'sending' });
}

export async function endDelivery(
  tx: Db,
  org: string,
  id: string,
  end: { endedAt: Instant; outcome: 'shown' | SendFault; detail?: string },
): Promise<void> {
  const { deliveries } = tx.t;
  await tx
    .update(deliveries)
    .set(end)
    .where(and(eq(deliveries.org, org), eq(deliveries.id, id)))
    .returning({ id: deliveries.id });
}

/** The message now shows `revision`; it is due again at once when more was wanted meanwhile. */
export async function markShown(
  tx: Db,
  org: string,
  id: string,
  revision: number,
  ref: ShownRef | null,
  wallNow: Instant,
  mayRepeat = false,
): Promise<void> {
  const { messages } = tx.t;
  await tx
    .update(messages)
    .set({
      shown: revision,
      ...(mayRepeat ? { mayRepeat } : {}),
      ...(ref === null ? {} : { ref, refId: ref.id }),
      tries: 0,
      leaseUntil: null,
      reason: null,
      // Without the column beside it PostgreSQL takes the instant for a text.
      tryAt: sql`case when ${messages.wanted} > ${revision} then coalesce(${instantParam(tx, wallNow)}, ${messages.tryAt}) end`,
    })
    .where(and(eq(messages.org, org), eq(messages.id, id)))
    .returning({ id: messages.id });
}

/** Remembers on which platform a direct message is shown: its updates go there, wherever its person gets the next one. */
export async function placeMessage(
  tx: Db,
  org: string,
  id: string,
  platform: PlatformKind,
  tenant: string,
): Promise<void> {
  const { messages } = tx.t;
  await tx
    .update(messages)
    .set({ platform, tenant })
    .where(and(eq(messages.org, org), eq(messages.id, id)))
    .returning({ id: messages.id });
}

/** Gives the lease back; the message is tried again at `tryAt`. */
export async function retryMessage(
  tx: Db,
  org: string,
  id: string,
  again: { tryAt: Instant; reason?: string; spentTry: boolean },
): Promise<void> {
  const { messages } = tx.t;
  await tx
    .update(messages)
    .set({
      tryAt: again.tryAt,
      leaseUntil: null,
      reason: again.reason ?? null,
      ...(again.spentTry ? {} : { tries: sql`${messages.tries} - 1` }),
    })
    .where(and(eq(messages.org, org), eq(messages.id, id)))
    .returning({ id: messages.id });
}

/** Takes a message out of sending: parked (cannot be delivered), held (outcome unknown) or withdrawn (nothing to say any more). */
export async function setAside(
  tx: Db,
  org: string,
  id: string,
  state: 'parked' | 'held' | 'withdrawn',
  reason: string,
): Promise<void> {
  const { messages } = tx.t;
  await tx
    .update(messages)
    .set({ state, reason, tryAt: null, leaseUntil: null })
    .where(and(eq(messages.org, org), eq(messages.id, id)))
    .returning({ id: messages.id });
}

/** What an admin should look at, newest first. */
export function troubledMessages(db: Db, org: string, limit: number): Promise<Message[]> {
  const { messages } = db.t;
  return db
    .select()
    .from(messages)
    .where(
      and(
        eq(messages.org, org),
        or(
          inArray(messages.state, ['parked', 'held']),
          eq(messages.mayRepeat, true),
          and(isNotNull(messages.reason), eq(messages.state, 'live')),
        ),
      ),
    )
    .orderBy(desc(messages.createdAt))
    .limit(limit);
}

/** When the next message that waits for a later business time may be shown first, in any organisation. */
export async function nextMessageAt(db: Db, now: Instant): Promise<Instant | undefined> {
  const { messages } = db.t;
  const [row] = await db
    .select({ at: min(messages.notBefore) })
    .from(messages)
    .where(and(eq(messages.state, 'live'), isNotNull(messages.tryAt), gt(messages.notBefore, now)));
  return row?.at ?? undefined;
}

/** A channel can be posted in again: what was parked for it since `since` (business time) is tried at once. */
export async function reviveMessages(tx: Db, org: string, channel: string, since: Instant): Promise<void> {
  const { messages } = tx.t;
  await tx
    .update(messages)
    .set({ state: 'live', tryAt: 0, tries: 0, reason: null })
    .where(
      and(
        eq(messages.org, org),
        eq(messages.toKind, 'channel'),
        eq(messages.toId, channel),
        eq(messages.state, 'parked'),
        gte(messages.createdAt, since),
      ),
    )
    .returning({ id: messages.id });
}
