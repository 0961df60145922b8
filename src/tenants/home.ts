import { type Org, allOrgs } from '../../db/orgs.ts';
import { peopleWithRole } from '../../db/people.ts';
import { createOrg, renewAdminCode } from '../actions/org/index.ts';
import type { App } from '../context.ts';

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
  const real = async () =>
    (await allOrgs(app.store.read)).find((org) => !org.sandbox && !org.installed && org.joinedInto === null);
  const known = await real();
  if (known === undefined) {
    const { adminCode } = await createOrg(app, { name, zone });
    return { org: (await real())!, adminCode };
  }
  const admins = await peopleWithRole(app.store.read, known.id, 'admin');
  return { org: known, adminCode: admins.length > 0 ? undefined : await renewAdminCode(app, known.id) };
}
