import { and, eq } from 'drizzle-orm';
import type { Person } from '../../../db/people.ts';
import type { Db } from '../../../db/store.ts';
import { afterWrong, mayTryAt } from '../../domain/one-time-code.ts';
import { CoxswainError } from '../../errors.ts';

/** Throws `limited` for who guessed too often. */
export function assertMayTry(person: Person, now: number): void {
  if (mayTryAt(person, now) === undefined) return;
  throw new CoxswainError('limited', 'Too many codes were wrong. Wait an hour, then ask for a new one.');
}

/** Counts a wrong code. It is kept although nothing else was done, so the action that calls must not throw. */
export async function countWrong(tx: Db, person: Person, now: number): Promise<void> {
  const { people } = tx.t;
  await tx
    .update(people)
    .set(afterWrong(person, now))
    .where(and(eq(people.org, person.org), eq(people.id, person.id)))
    .returning({ id: people.id });
}
