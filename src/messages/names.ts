import { identitiesOf } from '../../db/people.ts';
import type { Db } from '../../db/store.ts';
import type { PlatformKind } from '../domain/person.ts';
import type { Names } from '../platforms/platform.ts';
import type { Card } from '../ui/card.ts';
import type { Form } from '../ui/form.ts';
import { personIds } from '../ui/people.ts';

/** For cards that name nobody. */
export const NOBODY: Names = { user: () => undefined };

/** The platform's users for these persons; one query, none when there are no persons. */
export async function namesFor(
  db: Db,
  org: string,
  platform: PlatformKind,
  tenant: string,
  ids: readonly string[],
): Promise<Names> {
  if (ids.length === 0) return NOBODY;
  const rows = await identitiesOf(db, org, platform, tenant, ids);
  const byPerson = new Map(rows.map((row) => [row.person, { ref: row.ref, name: row.name }]));
  return { user: (id) => byPerson.get(id) };
}

export const loadNames = (
  db: Db,
  org: string,
  platform: PlatformKind,
  tenant: string,
  shown: Card | Form,
): Promise<Names> => namesFor(db, org, platform, tenant, personIds(shown));
