import { pingsOf } from '../../db/issues.ts';
import type { Db } from '../../db/store.ts';

/** Every subject whose messages show this issue: its own, and what its people were asked. */
export async function issueSubjects(tx: Db, org: string, issue: string): Promise<string[]> {
  const asked = (await pingsOf(tx, org, issue)).flatMap((ping) => ping.person ?? []);
  return [`issue:${issue}`, ...new Set(asked.map((person) => `pings:${person}`))];
}
