import { type Priority, priorityByRef } from '../../../db/priorities.ts';
import type { Db } from '../../../db/store.ts';
import { notFound } from '../../errors.ts';
import { clip } from '../../text.ts';
import type { Scope, Verdict } from '../action.ts';
import { atLeast, either, ownerOf } from '../allow.ts';

export async function needPriority(db: Db, org: string, ref: string): Promise<Priority> {
  const found = await priorityByRef(db, org, ref.trim().toUpperCase());
  if (found !== undefined) return found;
  throw notFound(`There is no priority “${clip(ref, 40)}”. “priority list” shows them.`, {
    hint: 'priority list',
  });
}

interface Named {
  readonly priority: string;
}

/** Whose priority it is. */
async function itsOwner(s: Scope<Named>): Promise<Verdict> {
  const { owner } = await needPriority(s.tx, s.org, s.input.priority);
  if (s.person !== undefined && s.person.id === owner)
    return { allowed: true, right: 'owner of the priority' };
  return { allowed: false, whoMay: 'the owner of the priority' };
}

const accountable = ownerOf<Named>(
  async (s) => (await needPriority(s.tx, s.org, s.input.priority)).seat,
  ['accountable'],
);

/** Its owner, or who answers for the seat as a whole. */
export const ownerOfPriority = either<Named>(itsOwner, accountable);

/** The same, or a governor. */
export const mayEndPriority = either<Named>(itsOwner, accountable, atLeast('governor'));
