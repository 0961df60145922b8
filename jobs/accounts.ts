import { accountsToCheck, nextCheckAt, noteChecked, setCheckAt, tenantsToCheck } from '../db/accounts.ts';
import { orgById } from '../db/orgs.ts';
import type { Identity } from '../db/people.ts';
import { nextNight, refreshPerson } from '../src/actions/org/index.ts';
import { HOUR, type Instant, MINUTE } from '../src/clock.ts';
import type { App } from '../src/context.ts';
import type { Standing } from '../src/domain/account.ts';
import { PLATFORMS } from '../src/domain/person.ts';
import type { Job } from './job.ts';
import { performAsJob } from './perform-as.ts';

/** So many accounts of a tenant are asked about in a minute: Slack allows a hundred calls of this kind. */
const AT_ONCE = 20;
/** Once a night each; not those who were met, or of whom was told, since noon. */
const NOT_SINCE = 12 * HOUR;
/** An account that is not found twice, so far apart, is gone; once may be the platform's own trouble. */
const MISSING_FOR = 22 * HOUR;

/** The account does nothing any more, or works as before. */
async function keep(app: App, account: Identity, said: Standing): Promise<void> {
  const { org, person, platform, tenant, ref, missingSince } = account;
  const now = app.clock.now();
  const missed = said === 'missing' && missingSince !== null && now - missingSince >= MISSING_FOR;
  if (said !== 'guest' && said !== 'deactivated' && !missed) {
    await app.store.write((tx) => noteChecked(tx, account, now, said === 'missing'));
    return;
  }
  const state = { guest: said === 'guest', active: said === 'guest' };
  const key = `${platform}:${tenant}:${ref}:${now}`;
  const input = { person, ...state, account: { platform, tenant, ref } };
  await performAsJob(app, 'accounts', org, refreshPerson, input, key);
}

/** Asks about some accounts, one after the other, outside of any transaction; returns when to go on, or undefined for tomorrow. */
async function ask(app: App, accounts: readonly Identity[]): Promise<Instant | undefined> {
  for (const account of accounts) {
    const said = (await app.standing?.(account)) ?? 'untold';
    if (typeof said === 'object') return app.clock.now() + said.wait;
    await keep(app, account, said);
  }
  return accounts.length < AT_ONCE ? undefined : app.clock.now() + MINUTE;
}

/**
 * Asks the platforms each night about the accounts of those on whom something depends: Teams tells of nobody who leaves,
 * and what Slack tells can be lost while Coxswain is down.
 */
export const accountsJob: Job = {
  name: 'accounts',
  async due(db, now, limit) {
    const rows = await tenantsToCheck(db, now, limit);
    return rows.map(({ org, platform, tenant, checkAt }) => ({
      org,
      key: `${platform}:${tenant}:${checkAt ?? 'first'}`,
      args: { platform, tenant, ...(checkAt === null ? {} : { at: checkAt }) },
    }));
  },
  next: nextCheckAt,
  async run(app, { org, args }) {
    const platform = PLATFORMS.find((one) => one === args['platform'])!;
    const of = { platform, tenant: String(args['tenant']) };
    const at = args['at'] === undefined ? null : Number(args['at']);
    const now = app.clock.now();
    const night = nextNight((await orgById(app.store.read, org))!.zone, now);
    // Whoever moves it has the task; a copy that dies with it leaves the rest for the next night.
    const mine = await app.store.write((tx) => setCheckAt(tx, org, of, at, night));
    if (!mine || at === null) return;
    const accounts = await accountsToCheck(app.store.read, org, of, now - NOT_SINCE, AT_ONCE);
    const again = await ask(app, accounts);
    if (again !== undefined)
      await app.store.write((tx) => setCheckAt(tx, org, of, night, Math.min(again, night)));
  },
};
