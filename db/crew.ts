import { MOST_DELEGATES } from '../src/domain/escalation-answer.ts';
import { type Person, peopleByIds } from './people.ts';
import type { Db } from './store.ts';

/** People with their delegates, and theirs, as far as anybody is looked for. One query for each generation. */
export async function crewOf(db: Db, org: string, ids: readonly string[]): Promise<Map<string, Person>> {
  const crew = new Map<string, Person>();
  let next = [...new Set(ids)];
  for (let far = 0; far <= MOST_DELEGATES && next.length > 0; far += 1) {
    const found = await peopleByIds(db, org, next);
    for (const [id, person] of found) crew.set(id, person);
    next = [...found.values()].flatMap(({ delegate, mergedInto }) =>
      [delegate, mergedInto].flatMap((id) => (id === null || crew.has(id) ? [] : [id])),
    );
  }
  return crew;
}
