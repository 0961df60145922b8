import { and, count, eq, gt, inArray, isNotNull, isNull } from 'drizzle-orm';
import type { Org } from './orgs.ts';
import type { Person } from './people.ts';
import type { Db } from './store.ts';

/** The organisation whose present join code this is; not one that has joined another. */
export async function orgByJoinCode(db: Db, digest: string, now: number): Promise<Org | undefined> {
  const { orgs } = db.t;
  const [row] = await db
    .select()
    .from(orgs)
    .where(and(eq(orgs.joinCode, digest), gt(orgs.joinCodeUntil, now), isNull(orgs.joinedInto)));
  return row;
}

/** What an organisation holds that would have to be merged, by name; what it does not hold is left out. */
export async function holdings(db: Db, org: string): Promise<readonly { what: string; count: number }[]> {
  const { seats, vendors, imports, tokens, rubrics, rules, policies, digests, executiveDigests } = db.t;
  type Held = typeof seats | typeof vendors | typeof imports | typeof tokens | typeof rules | typeof policies;
  const own = async (what: string, table: Held) => {
    const [row] = await db.select({ n: count() }).from(table).where(eq(table.org, org));
    return { what, count: row?.n ?? 0 };
  };
  const [versions] = await db
    .select({ n: count() })
    .from(rubrics)
    .where(and(eq(rubrics.org, org), isNotNull(rubrics.proposedBy)));
  const [weekly] = await db.select({ n: count() }).from(digests).where(eq(digests.org, org));
  const [pages] = await db.select({ n: count() }).from(executiveDigests).where(eq(executiveDigests.org, org));
  const all = [
    await own('seats', seats),
    await own('vendors', vendors),
    await own('imports', imports),
    await own('tokens', tokens),
    { what: 'rubric versions', count: versions?.n ?? 0 },
    await own('rules', rules),
    await own('escalation policies', policies),
    { what: 'digests', count: (weekly?.n ?? 0) + (pages?.n ?? 0) },
  ];
  return all.filter((held) => held.count > 0);
}

/** Active members of an organisation who were not linked with another. */
export function membersOf(db: Db, org: string): Promise<Person[]> {
  const { people } = db.t;
  return db
    .select()
    .from(people)
    .where(and(eq(people.org, org), isNull(people.mergedInto)));
}

/** People, accounts, channels and installations go over; what is left behind is a name in an audit log. */
export async function moveOrg(tx: Db, from: string, to: string, now: number): Promise<Person[]> {
  const { people, identities, channels, installations, messages, followUps, orgs } = tx.t;
  const rows = await membersOf(tx, from);
  const fresh = {
    linkCode: null,
    linkCodeUntil: null,
    kept: null,
    aloneAt: null,
    aloneBy: null,
    delegate: null,
  };
  const moved = rows.map((row): Person => ({ ...row, ...fresh, org: to, role: 'member', awayUntil: null }));
  for (const row of moved) await tx.insert(people).values(row);
  await tx
    .update(identities)
    .set({ org: to })
    .where(eq(identities.org, from))
    .returning({ ref: identities.ref });
  await tx.update(channels).set({ org: to }).where(eq(channels.org, from)).returning({ id: channels.id });
  await tx
    .update(installations)
    .set({ org: to, joinedAt: now })
    .where(eq(installations.org, from))
    .returning({ tenant: installations.tenant });
  await tx
    .update(people)
    .set({ active: false, role: 'member', linkCode: null, kept: null })
    .where(eq(people.org, from))
    .returning({ id: people.id });
  await tx
    .update(messages)
    .set({ state: 'withdrawn', reason: 'the organisation joined another', tryAt: null })
    .where(and(eq(messages.org, from), eq(messages.state, 'live')))
    .returning({ id: messages.id });
  await tx
    .update(followUps)
    .set({ state: 'done' })
    .where(and(eq(followUps.org, from), eq(followUps.state, 'waiting')))
    .returning({ id: followUps.id });
  await tx
    .update(orgs)
    .set({ joinedInto: to, adminCode: null, joinCode: null, joinCodeUntil: null, governanceChannel: null })
    .where(eq(orgs.id, from))
    .returning({ id: orgs.id });
  // Whoever was confirmed as single was so without these people.
  await tx
    .update(people)
    .set({ aloneAt: null, aloneBy: null })
    .where(and(eq(people.org, to), isNotNull(people.aloneAt)))
    .returning({ id: people.id });
  return moved;
}

/** The organisations that became part of this one, also by way of others. Rows of people who came stand there still. */
export async function joinedInto(db: Db, org: string): Promise<string[]> {
  const { orgs } = db.t;
  const found: string[] = [];
  for (let into = [org]; into.length > 0;) {
    const rows = await db.select({ id: orgs.id }).from(orgs).where(inArray(orgs.joinedInto, into));
    into = rows.map(({ id }) => id);
    found.push(...into);
  }
  return found;
}
