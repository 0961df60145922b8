import { type Org, allOrgs, orgById } from '../../db/orgs.ts';
import { peopleWithRole } from '../../db/people.ts';
import { createOrg, renewAdminCode } from '../actions/org/index.ts';
import { isUniqueViolation } from '../../db/store.ts';
import type { App } from '../context.ts';
import { idOf } from '../ids.ts';

const present = (homes: readonly Org[]): Org | undefined => homes.find((org) => org.joinedInto === null);

/**
 * The organisation of this configuration, to which the credentials in the environment belong; made at the first start.
 * As long as nobody is admin, every start gives a new one-time code: a code that was never seen must not lock
 * everybody out.
 */
export async function ensureOrg(
  app: App,
  name: string,
  zone: string,
): Promise<{ org: Org; adminCode: string | undefined }> {
  const homes = async () => (await allOrgs(app.store.read)).filter((org) => !org.sandbox && !org.installed);
  const before = await homes();
  const known = present(before);
  if (known === undefined) {
    // Copies that start at once would all make one: its id, the same for all that saw as many, is taken by the first.
    const id = idOf(`home ${before.length}`);
    try {
      const { adminCode } = await createOrg(app, { id, name, zone });
      return { org: (await orgById(app.store.read, id))!, adminCode };
    } catch (error) {
      const first = isUniqueViolation(error) ? present(await homes()) : undefined;
      // Its code was told by whoever was first.
      if (first !== undefined) return { org: first, adminCode: undefined };
      throw error;
    }
  }
  const admins = await peopleWithRole(app.store.read, known.id, 'admin');
  return { org: known, adminCode: admins.length > 0 ? undefined : await renewAdminCode(app, known.id) };
}
