import { z } from 'zod';
import { entriesAbout } from '../../../db/audit.ts';
import type { Wanted } from '../../../db/messages.ts';
import { personById } from '../../../db/people.ts';
import type { Db } from '../../../db/store.ts';
import { ROLES } from '../../domain/person.ts';

/** What an entry says that took somebody's roles. */
const takenSchema = z.looseObject({
  guest: z.boolean(),
  active: z.boolean(),
  vacated: z.array(z.string()),
  role: z.enum(ROLES).default('member'),
});

/** So many entries about somebody are looked through for the one that took their roles. */
const LOOKED_AT = 200;

/** Whoever is a member again is told once which seats and role were taken meanwhile, if any. */
export async function returned(tx: Db, org: string, person: string, now: number): Promise<Wanted[]> {
  const entries = await entriesAbout(tx, org, `person:${person}`, LOOKED_AT);
  const found = entries.find(
    ({ action, facts }) =>
      action === 'org.refresh-person' && takenSchema.safeParse(facts).success && 'role' in facts,
  );
  const taken = takenSchema.safeParse(found?.facts).data;
  if (taken === undefined) return [];
  // The last admin kept that role.
  const { role } = (await personById(tx, org, person))!;
  const lost = taken.role === role ? 'member' : taken.role;
  if (lost === 'member' && taken.vacated.length === 0) return [];
  return [
    {
      key: `returned:${person}:${now}`,
      to: { kind: 'person', id: person },
      view: 'returned',
      args: { seats: taken.vacated, role: lost, guest: taken.active },
      subject: `returned:${person}`,
    },
  ];
}
