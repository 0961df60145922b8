import { describe, expect, onTestFinished, test } from 'vitest';
import { allOrgs } from '../../db/orgs.ts';
import { openStore } from '../../db/open.ts';
import { claimAdmin, meetPerson } from '../../src/actions/org/index.ts';
import { perform } from '../../src/actions/perform.ts';
import { ensureOrg } from '../../src/tenants/home.ts';
import { frozenClock, wall } from '../../src/clock.ts';
import type { App } from '../../src/context.ts';
import { deriveKeys } from '../../src/keys.ts';
import { silentLog } from '../../src/log.ts';
import { noTelemetry } from '../../src/telemetry/telemetry.ts';
import { MONDAY } from '../support/app.ts';
import { ENGINES, type Engine, OPEN, freshUrl } from '../support/databases.ts';

/** As many copies as asked for, each with connections of its own to one database that is empty. */
async function copies(engine: Engine, count: number): Promise<App[]> {
  const url = await freshUrl(engine, { migrated: true });
  const keys = deriveKeys(new Uint8Array(32).fill(7));
  return Promise.all(
    Array.from({ length: count }, async () => {
      const store = await openStore(url, OPEN);
      onTestFinished(() => store.close());
      const rest = { clock: frozenClock(MONDAY), wall, keys, log: silentLog, telemetry: noTelemetry };
      return { store, ...rest, kick: () => undefined };
    }),
  );
}

describe.each(ENGINES)('the very first start, %s', (engine) => {
  test('of several copies at once makes one organisation, whose code works', async () => {
    const apps = await copies(engine, 4);
    const made = await Promise.all(apps.map((app) => ensureOrg(app, 'Harbour', 'Europe/Berlin')));
    const [first] = apps;
    expect(await allOrgs(first!.store.read)).toHaveLength(1);
    expect(new Set(made.map(({ org }) => org.id)).size).toBe(1);

    const { org } = made[0]!;
    const system = { ...first!, org: org.id, actor: { kind: 'system', cause: 0 } } as const;
    const user = { platform: 'slack', tenant: 'T1', ref: 'ana', name: 'Ana', guest: false, admin: false };
    const { person } = await perform(system, meetPerson, user);
    const ana = { ...first!, org: org.id, actor: { kind: 'person', person } } as const;
    // A copy that saw the organisation of another has made a new code: the one told last is the one that works.
    const codes = made.flatMap(({ adminCode }) => adminCode ?? []);
    const claims = await Promise.all(codes.map((code) => perform(ana, claimAdmin, { code })));
    expect(claims.filter(({ claimed }) => claimed)).toHaveLength(1);
  });

  test('a later start of each finds it, and as long as nobody is admin gives a new code', async () => {
    const [one, two] = await copies(engine, 2);
    const first = await ensureOrg(one!, 'Harbour', 'Europe/Berlin');
    const second = await ensureOrg(two!, 'Another name', 'UTC');
    expect(second.org).toMatchObject({ id: first.org.id, name: 'Harbour' });
    expect(second.adminCode).not.toBe(first.adminCode);
    expect(second.adminCode).toBeDefined();
  });
});
