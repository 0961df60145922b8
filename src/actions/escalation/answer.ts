import { and, eq, isNull } from 'drizzle-orm';
import { type Escalation, type PingRow, escalationOf, pingsOf } from '../../../db/escalations.ts';
import type { Issue } from '../../../db/issues.ts';
import type { Db } from '../../../db/store.ts';
import { stillAsked } from '../../domain/escalation-asked.ts';
import { conflict } from '../../errors.ts';
import { nameOf } from '../find.ts';

/**
 * Somebody acknowledges. Returns the person ids of who is still asked: none, unless the step wants everybody, and then
 * the chain goes on. Throws Conflict for who has answered already and waits for others.
 */
export async function answer(
  tx: Db,
  a: {
    readonly org: string;
    readonly issue: Pick<Issue, 'id' | 'ref'>;
    readonly person: string;
    readonly now: number;
  },
): Promise<readonly string[]> {
  const escalation = await escalationOf(tx, a.org, a.issue.id);
  if (escalation?.state !== 'running') return [];
  const asked = await askedNow(tx, a.org, escalation);
  const others = stillAsked(escalation, asked).filter((id) => id !== a.person);
  if (others.length > 0 && asked.some((p) => p.person === a.person && p.answeredAt !== null)) {
    const first = await nameOf(tx, a.org, others[0]!);
    throw conflict(`You have acknowledged ${a.issue.ref} already. It waits for ${first ?? 'others'}.`);
  }
  const { pings } = tx.t;
  await tx
    .update(pings)
    .set({ answeredAt: a.now })
    .where(
      and(
        eq(pings.org, a.org),
        eq(pings.issue, a.issue.id),
        eq(pings.round, escalation.round),
        eq(pings.person, a.person),
        isNull(pings.answeredAt),
      ),
    )
    .returning({ id: pings.id });
  // Who was not asked with the others takes it as it is, and so does who was asked to take it over.
  const amongThem = stillAsked(escalation, asked).includes(a.person);
  return amongThem && escalation.handedTo !== a.person ? others : [];
}

const askedNow = async (tx: Db, org: string, escalation: Escalation): Promise<PingRow[]> =>
  (await pingsOf(tx, org, escalation.issue)).filter((p) => p.round === escalation.round);
