import { describe, expect, test } from 'vitest';
import { eq } from 'drizzle-orm';
import { allOrgs, installationOf } from '../../db/orgs.ts';
import { tokenByName } from '../../db/tokens.ts';
import { signingSecretOf } from '../../src/actions/token/secret.ts';
import { exportHead } from '../../src/actions/audit/index.ts';
import { createToken } from '../../src/actions/token/index.ts';
import { keysRotate, keysStatus } from '../../src/cli/keys.ts';
import { loadConfig } from '../../src/config.ts';
import { deriveKeys } from '../../src/keys.ts';
import { verifyAudit } from '../../src/queries/audit.ts';
import { keysCheck } from '../../src/queries/doctor-keys.ts';
import { createInstallations } from '../../src/tenants/installations.ts';
import { type TestApp, testApp } from '../support/app.ts';
import { ENGINES } from '../support/databases.ts';

const OLD = new Uint8Array(32).fill(7);
const NEW = new Uint8Array(32).fill(9);
const base64 = (key: Uint8Array) => Buffer.from(key).toString('base64');

const configOf = (app: TestApp, old: readonly Uint8Array[]) =>
  loadConfig({
    DATABASE_URL: app.database.url,
    COXSWAIN_ENCRYPTION_KEY: base64(NEW),
    ...(old.length === 0 ? {} : { COXSWAIN_ENCRYPTION_KEYS_OLD: old.map(base64).join(',') }),
  });

async function withSecrets(app: TestApp, tokens: number): Promise<void> {
  for (let i = 0; i < tokens; i += 1)
    await app.act('ana', createToken, { name: `grafana-${i}`, scopes: 'alerts' });
  await createInstallations(app.app, 'UTC').install('slack', {
    tenant: { id: 'T1ONE', name: 'One Harbour' },
    tokens: { access: 'xoxe.xoxb-1', refresh: 'xoxe-1-1' },
    expiresAt: 1,
    details: { app: 'A1', bot: 'U1', scopes: [], url: null, enterprise: null, whole: false, by: 'U2' },
  });
  await app.act('coxswain', exportHead, {});
}

describe.each(ENGINES)('another encryption key, %s', (engine) => {
  test('everything sealed is sealed anew, while the log and what was given away of it stay whole', async () => {
    const app = await testApp(engine);
    await withSecrets(app, 3);
    const { store } = app.app;
    const both = deriveKeys(NEW, [OLD]);
    const onlyNew = deriveKeys(NEW);
    const secret = signingSecretOf(app.keys, (await tokenByName(store.read, app.org, 'grafana-0'))!);
    expect(secret).toMatch(/\S{20}/);

    const lines: string[] = [];
    const print = (line: string) => void lines.push(line);
    // Before anything was done: with both keys all of it opens, with the new one alone nothing does.
    expect(await keysStatus(configOf(app, [OLD]), print)).toBe(0);
    expect(lines.join('\n')).toContain('0 under the present key, 4 under an old one, 0 under none');
    expect(await keysStatus(configOf(app, []), print)).toBe(1);
    expect(await verifyAudit(store, both, app.org)).toMatchObject({ ok: true, heads: 1 });
    expect(await keysCheck({ ...app.app, keys: both }, app.org)).toMatchObject({
      state: 'warning',
      says: '4 values are still under an old key.',
    });
    expect(await keysCheck({ ...app.app, keys: onlyNew }, app.org)).toMatchObject({ state: 'fault' });
    await expect(keysRotate(configOf(app, []), print)).rejects.toThrow('COXSWAIN_ENCRYPTION_KEYS_OLD');

    lines.length = 0;
    expect(await keysRotate(configOf(app, [OLD]), print)).toBe(0);
    expect(lines.at(-1)).toBe('Nothing is left under an old key.');
    expect(lines.join('\n')).toContain('3 sealed anew');
    expect(lines.join('\n')).not.toMatch(/xox|grafana/);

    // The old key is not needed any more, for anything.
    for (const { id } of await allOrgs(store.read))
      expect(await verifyAudit(store, onlyNew, id)).toMatchObject({ ok: true });
    expect(await verifyAudit(store, onlyNew, app.org)).toMatchObject({ heads: 1 });
    const after = (await tokenByName(store.read, app.org, 'grafana-0'))!;
    expect(signingSecretOf(onlyNew, after)).toBe(secret);
    const found = await createInstallations({ ...app.app, keys: onlyNew }, 'UTC').find('slack', 'T1ONE');
    expect(found?.tokens()).toEqual({ access: 'xoxe.xoxb-1', refresh: 'xoxe-1-1' });
    expect(await keysCheck({ ...app.app, keys: onlyNew }, app.org)).toMatchObject({ state: 'ok' });
    expect(await keysCheck({ ...app.app, keys: both }, app.org)).toMatchObject({ state: 'ok' });

    // Once more: nothing is left to do, and nothing is written.
    lines.length = 0;
    const entries = await verifyAudit(store, onlyNew, app.org);
    expect(await keysRotate(configOf(app, [OLD]), print)).toBe(0);
    expect(lines.join('\n')).toContain('0 sealed anew');
    expect(await verifyAudit(store, onlyNew, app.org)).toEqual(entries);
  });

  test('a seal that none of the keys made is not made genuine, and what cannot be opened is said', async () => {
    const app = await testApp(engine);
    await withSecrets(app, 1);
    const { store } = app.app;
    await store.write((tx) =>
      tx
        .update(tx.t.auditHeads)
        .set({ seal: deriveKeys(new Uint8Array(32).fill(8)).mac('audit seal', 'x') })
        .where(eq(tx.t.auditHeads.org, app.org))
        .returning({ org: tx.t.auditHeads.org }),
    );
    const lines: string[] = [];
    expect(await keysRotate(configOf(app, [OLD]), (line) => void lines.push(line))).toBe(1);
    expect(lines.join('\n')).toContain('carries the seal of none of the keys');
    expect(await verifyAudit(store, deriveKeys(NEW, [OLD]), app.org)).toMatchObject({ ok: false });
    // The organisation of the workspace did not have to wait for it.
    const one = (await installationOf(store.read, 'slack', 'T1ONE'))!;
    expect(deriveKeys(NEW).ageOf('platform token', one.credentials!)).toBe('present');
  });

  test('tokens that are renewed while everything is sealed anew stay the renewed ones', async () => {
    const app = await testApp(engine);
    await withSecrets(app, 1);
    const both = deriveKeys(NEW, [OLD]);
    const installations = createInstallations({ ...app.app, keys: both }, 'UTC');
    const before = (await installations.find('slack', 'T1ONE'))!;
    await Promise.all([
      keysRotate(configOf(app, [OLD]), () => undefined),
      installations.renewed(before, { access: 'xoxe.xoxb-2', refresh: 'xoxe-1-2' }, 2),
    ]);
    expect((await installations.find('slack', 'T1ONE'))?.tokens().access).toBe('xoxe.xoxb-2');
  });
});
