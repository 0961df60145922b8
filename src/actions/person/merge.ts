import { and, eq } from 'drizzle-orm';
import {
  type Merge,
  moveAccounts,
  moveApprovals,
  moveDuties,
  moveIssues,
  moveMessages,
  moveOwnerships,
  moveScoring,
} from '../../../db/merge.ts';
import { type Person, accountsOf } from '../../../db/people.ts';
import { seesAll } from '../../../db/sight.ts';
import type { Db } from '../../../db/store.ts';
import { ROLES } from '../../domain/person.ts';
import type { JsonObject } from '../../ui/card.ts';
import { issueSubjects } from '../subjects.ts';

interface Merged {
  readonly person: string;
  readonly facts: JsonObject;
  readonly changed: readonly string[];
}

const stronger = (a: Person['role'], b: Person['role']) => (ROLES.indexOf(a) >= ROLES.indexOf(b) ? a : b);

/**
 * Two persons become one: `from` stays as a name in history and can do nothing any more; what is open, owned, asked or
 * shown is `to`'s. Whoever calls has made sure that it is one human, and that the stronger account wants it: the one
 * person has the stronger role.
 */
export async function mergePeople(of: Db, to: Person, from: Person, now: number): Promise<Merged> {
  const tx = seesAll(of, 'what either account has goes over, whichever of them sees it');
  const { org } = to;
  const merge: Merge = { org, from: from.id, to: to.id, now };
  const [was] = await accountsOf(tx, org, [from.id]);
  await moveAccounts(tx, merge);
  const seats = await moveOwnerships(tx, merge);
  await moveDuties(tx, merge);
  const issues = await moveIssues(tx, merge);
  const requests = await moveScoring(tx, merge);
  const { voided, waiting } = await moveApprovals(tx, merge);
  await moveMessages(tx, merge, was);
  const { people } = tx.t;
  const role = stronger(to.role, from.role);
  const set = (id: string, values: Partial<Person>) =>
    tx
      .update(people)
      .set(values)
      .where(and(eq(people.org, org), eq(people.id, id)))
      .returning({ id: people.id });
  const noCode = { linkCode: null, linkCodeUntil: null, aloneAt: null, aloneBy: null };
  await set(from.id, { ...noCode, kept: null, active: false, role: 'member', mergedInto: to.id });
  await set(to.id, { ...noCode, kept: to.kept ?? from.kept, role, email: to.email ?? from.email });
  const subjects = await Promise.all(issues.map((issue) => issueSubjects(tx, org, issue)));
  return {
    person: to.id,
    facts: {
      linked: from.id,
      roles: [to.role, from.role],
      role,
      seats: seats.length,
      issues: issues.length,
      approvalsVoided: voided,
    },
    changed: [
      ...seats.map((seat) => `seat:${seat}`),
      ...new Set(subjects.flat()),
      ...requests.map((id) => `score-request:${id}`),
      ...waiting,
      `offers:${to.id}`,
    ],
  };
}
