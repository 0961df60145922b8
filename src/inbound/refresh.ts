import { whoIs } from '../../db/people.ts';
import { refreshPerson } from '../actions/org/index.ts';
import { perform } from '../actions/perform.ts';
import type { App } from '../context.ts';
import { type Account, goneOf } from '../domain/account.ts';

/** Keeps how an account is, where that is new. A stranger is met when they first do something, as they are then. */
export async function refresh(
  app: App,
  account: Account,
  said: { readonly guest: boolean; readonly active: boolean },
  org: string,
): Promise<void> {
  const known = await whoIs(app.store.read, account.platform, account.tenant, account.ref);
  if (known === undefined || known.person.org !== org) return;
  const { guest, active } = known.person;
  // Slack tells of every new photo too.
  const gone = goneOf(said);
  const fits = gone !== null || (active && !guest);
  if (known.account.gone === gone && fits) return;
  const ctx = { ...app, org, actor: { kind: 'system', cause: 0 } as const };
  await perform(ctx, refreshPerson, { person: known.person.id, ...said, account });
}
