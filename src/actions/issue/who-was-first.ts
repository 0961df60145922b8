import type { Issue } from '../../../db/issues.ts';
import type { Db } from '../../../db/store.ts';
import { type Move, actorOf, assertMove, holderOf } from '../../domain/issue.ts';
import { conflict } from '../../errors.ts';
import { nameOf } from '../find.ts';

/** Throws Conflict with who got there first when `move` is not possible any more; `me` is who wants to. */
export async function assertPossible(
  db: Db,
  org: string,
  move: Move,
  issue: Issue,
  me: string | undefined,
): Promise<void> {
  if (move === 'acknowledge' && issue.state === 'acknowledged' && holderOf(issue) === me) {
    throw conflict(`You already have ${issue.ref}.`);
  }
  assertMove(move, issue.state, issue.ref, await nameOf(db, org, actorOf(issue)));
}
