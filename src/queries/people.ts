import { peopleByIds } from '../../db/people.ts';
import type { Db } from '../../db/store.ts';

export { type Person, peopleCalled, peopleEverCalled } from '../../db/people.ts';

/** Names by person id. */
export async function peopleNamed(db: Db, org: string, ids: readonly string[]): Promise<Map<string, string>> {
  const people = await peopleByIds(db, org, ids);
  return new Map([...people].map(([id, { name }]) => [id, name]));
}
