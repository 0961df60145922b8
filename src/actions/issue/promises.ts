import { orgById } from '../../../db/orgs.ts';
import type { Db } from '../../../db/store.ts';
import type { Severity } from '../../domain/issue.ts';
import { type Deadlines, deadlines } from '../../domain/service-level.ts';
import { OFFICE_HOURS } from '../../domain/working-time.ts';

/** By when an issue of this severity is acknowledged and solved, in the organisation's office hours. */
export async function promises(tx: Db, org: string, severity: Severity, from: number): Promise<Deadlines> {
  const { zone } = (await orgById(tx, org))!;
  return deadlines(severity, from, { ...OFFICE_HOURS, zone });
}
