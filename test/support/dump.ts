import canonicalize from 'canonicalize';
import type { Db } from '../../db/store.ts';

/** Every row of an organisation by table, in an order that does not depend on the engine. */
export async function dump(db: Db, org: string): Promise<Record<string, string[]>> {
  const found: Record<string, string[]> = {};
  for (const [name, table] of Object.entries(db.t)) {
    // Belongs to no organisation.
    if (name === 'installStates') continue;
    const rows: Record<string, unknown>[] = await db.select().from(table);
    const own = rows.filter((row) => (name === 'orgs' ? row['id'] : row['org']) === org);
    found[name] = own.map((row) => canonicalize(row) ?? '').toSorted();
  }
  return found;
}
