import type { Instant } from '../../clock.ts';
import { signalAt } from '../../../db/issues.ts';
import type { Db } from '../../../db/store.ts';
import { periodOfKey } from '../../domain/awaited.ts';
import { orgById } from '../../../db/orgs.ts';

/**
 * With which period the new normal of a drift issue begins: where the lasting change was seen to begin, else with the
 * first reading that was evidence. Undefined for an issue without a signal about a period.
 */
export async function newNormalFrom(db: Db, org: string, issue: string): Promise<Instant | undefined> {
  const { zone } = (await orgById(db, org))!;
  const first =
    (await signalAt(db, org, issue, 'last', ['shift'])) ??
    (await signalAt(db, org, issue, 'first', ['limits', 'red', 'yellows']));
  const since = first?.facts?.['since'];
  const key = typeof since === 'string' ? since : first?.period;
  return key === undefined || key === null ? undefined : periodOfKey(key, zone).start;
}
