import { setImmediate as nextTurn } from 'node:timers/promises';
import { asc, eq, gt } from 'drizzle-orm';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { appendAudit, entriesAbout } from '../../db/audit.ts';
import type { Db } from '../../db/store.ts';
import { acknowledgeIssue, newIssue, reopenIssue, solveIssue } from '../../src/actions/issue/index.ts';
import { logReadings } from '../../src/actions/reading/index.ts';
import { deriveKeys } from '../../src/keys.ts';
import { verifyAudit } from '../../src/queries/audit.ts';
import { type TestApp, testApp } from '../support/app.ts';
import { ENGINES, type Engine } from '../support/databases.ts';
import { addAcceptance, addClaims } from '../support/ship.ts';
import { ATTACKS, type Attack, alter, entriesOf } from './audit-attacks.ts';

const verify = (app: TestApp) => verifyAudit(app.app.store, app.keys, app.org);

/** An organisation with some history, at least twelve entries, several with texts. */
async function withHistory(engine: Engine): Promise<TestApp> {
  const app = await testApp(engine);
  await addClaims(app);
  await addAcceptance(app);
  await app.act('bo', logReadings, {
    readings: [{ seat: 'claims', metric: 'acceptance', value: 95, note: 'ok' }],
  });
  await app.act('eli', newIssue, { seat: 'claims', title: 'Refuses hail' });
  await app.act('bo', acknowledgeIssue, { issue: 'CLAIMS-1' });
  await app.act('bo', solveIssue, {
    issue: 'CLAIMS-1',
    cause: 'A form',
    fix: 'Taught it',
    lesson: 'Ask first',
  });
  return app;
}

const DISARM: Record<Engine, readonly string[]> = {
  sqlite: ['DROP TRIGGER audit_entries_no_update', 'DROP TRIGGER audit_entries_no_delete'],
  postgres: [
    'DROP TRIGGER audit_entries_no_change ON audit_entries',
    'DROP TRIGGER audit_entries_no_truncate ON audit_entries',
  ],
};

/** Somebody with full rights on the database, but without the installation's key. */
async function disarm(app: TestApp): Promise<void> {
  for (const statement of DISARM[app.engine]) await app.database.sql(statement);
}

/** Runs an attack, gives what the verification says, and puts everything back. */
async function attacked(app: TestApp, attack: Attack, seq: number, length: number) {
  const { store } = app.app;
  const entries = await store.read.select().from(store.read.t.auditEntries);
  const heads = await store.read.select().from(store.read.t.auditHeads);
  await store.write((tx) => attack.run(tx, app.org, seq, length));
  const verdict = await verify(app);
  await store.write(async (tx) => {
    await tx.delete(tx.t.auditEntries).returning();
    await tx.delete(tx.t.auditHeads).returning();
    await tx.insert(tx.t.auditEntries).values(entries);
    await tx.insert(tx.t.auditHeads).values(heads);
  });
  return verdict;
}

describe.each(ENGINES)('the audit log on %s', (engine) => {
  test('has one entry per action, without a gap, and verifies', async () => {
    const app = await withHistory(engine);
    const entries = await entriesOf(app.app.store.read, app.org);
    expect(entries.map((e) => e.seq)).toEqual(entries.map((_, i) => i + 1));
    expect(entries.map((e) => e.action)).toEqual([
      'org.create',
      'org.meet',
      'org.meet',
      'org.meet',
      'org.meet',
      'org.meet',
      'org.claim-admin',
      'org.grant',
      'seat.add',
      'metric.add',
      'reading.log',
      'issue.open',
      'issue.acknowledge',
      'issue.solve',
    ]);
    expect(entries.at(-1)).toMatchObject({
      actor: { kind: 'person', person: app.people.bo },
      right: 'owner:accountable',
    });
    expect(await verify(app)).toEqual({
      ok: true,
      entries: 14,
      head: entries.at(-1)!.hash,
      erased: 0,
      heads: 0,
    });
    const about = await entriesAbout(app.app.store.read, app.org, entries.at(-1)!.subject, 10);
    expect(about.map((e) => e.action)).toEqual(['issue.solve', 'issue.acknowledge', 'issue.open']);
  });

  test('holds no word that people wrote', async () => {
    const app = await withHistory(engine);
    const said = JSON.stringify(await entriesOf(app.app.store.read, app.org));
    for (const word of ['hail', 'Taught', 'Ana', 'Claims triage', '@example.com'])
      expect(said).not.toContain(word);
  });

  test('is refused every change and every deletion by the database itself', async () => {
    const app = await withHistory(engine);
    const { store } = app.app;
    const changes = [
      (tx: Db) => tx.update(tx.t.auditEntries).set({ subject: 'x' }).returning(),
      (tx: Db) => tx.delete(tx.t.auditEntries).returning(),
      (tx: Db) => tx.delete(tx.t.auditEntries).where(gt(tx.t.auditEntries.seq, 10)).returning(),
    ];
    for (const change of changes) {
      const refused = await store.write(change).catch((error: unknown) => error);
      const { cause } = refused as { cause?: Error };
      expect(`${String(refused)} ${String(cause)}`).toContain('audit entries are never changed or removed');
    }
    if (engine === 'postgres')
      await expect(app.database.sql('TRUNCATE audit_entries')).rejects.toThrow('never changed');
    expect(await verify(app)).toMatchObject({ ok: true, entries: 14 });
  });

  test('of another installation, with another key, is not taken for one’s own', async () => {
    const app = await withHistory(engine);
    expect(await verifyAudit(app.app.store, deriveKeys(new Uint8Array(32)), app.org)).toMatchObject({
      ok: false,
      fault: { seq: 14, what: expect.stringContaining('seal') },
    });
  });

  test('that lost its tail does not become whole by being continued', async () => {
    const app = await withHistory(engine);
    await disarm(app);
    const cut = ATTACKS.find(({ name }) => name === 'cut off with all that follow, and the head moved back')!;
    await app.app.store.write((tx) => cut.run(tx, app.org, 14, 14));
    const again = { issue: 'CLAIMS-1', because: 'Hail is back' };
    await expect(app.act('bo', reopenIssue, again)).rejects.toMatchObject({
      code: 'unavailable',
      message: expect.stringContaining('the audit log does not carry the seal of this installation'),
    });
    expect(await verify(app)).toMatchObject({ ok: false, fault: { what: expect.stringContaining('seal') } });
    expect(await entriesOf(app.app.store.read, app.org)).toHaveLength(13);
  });

  test.each(ATTACKS)('shows which entry was $name', async (attack) => {
    const app = await withHistory(engine);
    await disarm(app);
    const length = (await entriesOf(app.app.store.read, app.org)).length;
    const { min, max } = attack.on(length);
    const places = fc.integer({ min, max });
    await fc.assert(
      fc.asyncProperty(places, async (seq) => {
        expect(await attacked(app, attack, seq, length)).toMatchObject({
          ok: false,
          fault: { seq: attack.found(seq, length) },
        });
      }),
      { numRuns: 4, examples: [[min], [max]] },
    );
    expect(await verify(app)).toMatchObject({ ok: true });
  });

  test('shows which text was altered, and stays whole when texts are erased', async () => {
    const app = await withHistory(engine);
    const { store } = app.app;
    const { auditTexts } = store.read.t;
    const seqs = (
      await store.read.select({ seq: auditTexts.seq }).from(auditTexts).orderBy(asc(auditTexts.seq))
    ).map((t) => t.seq);
    expect(seqs.length).toBeGreaterThan(5);
    const set = (seq: number, text: { forged: boolean } | null) =>
      store.write((tx) =>
        tx.update(tx.t.auditTexts).set({ text }).where(eq(tx.t.auditTexts.seq, seq)).returning(),
      );
    await set(seqs.at(-1)!, { forged: true });
    expect(await verify(app)).toMatchObject({ ok: false, fault: { seq: seqs.at(-1) } });
    await set(seqs[2]!, { forged: true });
    expect(await verify(app)).toMatchObject({ ok: false, fault: { seq: seqs[2] } });
    for (const seq of seqs) await set(seq, null);
    expect(await verify(app)).toMatchObject({ ok: true, entries: 14, erased: seqs.length });
  });

  test('is without a gap after fifty actions at once', async () => {
    const app = await withHistory(engine);
    const raise = (i: number) =>
      app.act('eli', newIssue, { seat: 'claims', title: `Issue ${i}`, severity: 4 });
    const opened = await Promise.all(Array.from({ length: 50 }, (_, i) => raise(i)));
    expect(new Set(opened.map((o) => o.ref)).size).toBe(50);
    expect(await verify(app)).toMatchObject({ ok: true, entries: 64 });
  });

  test('can be verified while others write', async () => {
    const app = await withHistory(engine);
    const raise = (i: number) =>
      app.act('eli', newIssue, { seat: 'claims', title: `Issue ${i}`, severity: 4 });
    const writing = Promise.all(Array.from({ length: 30 }, (_, i) => raise(i)));
    const verdicts = [];
    for (let i = 0; i < 10; i++) verdicts.push(await verify(app));
    await writing;
    expect(verdicts.filter((v) => !v.ok)).toEqual([]);
    expect(await verify(app)).toMatchObject({ ok: true, entries: 44 });
  });

  test('of one organisation knows nothing of another', async () => {
    const app = await withHistory(engine);
    const other = await app.found('Quay Bank');
    await disarm(app);
    await app.app.store.write((tx) => alter(tx, app.org, 3, { subject: 'forged' }));
    expect(await verify(app)).toMatchObject({ ok: false, fault: { seq: 3 } });
    expect(await verifyAudit(app.app.store, app.keys, other.org)).toMatchObject({ ok: true, entries: 8 });
  });

  test('is verified without holding the event loop: others have a turn at least every ten entries', async () => {
    const app = await testApp(engine);
    await app.app.store.write(async (tx) => {
      for (let i = 0; i < 150; i++) {
        await appendAudit(tx, app.keys, {
          org: app.org,
          at: 1,
          action: 'test',
          actor: { kind: 'system', cause: 1 },
          right: 'system',
          subject: 'test',
          facts: { i },
        });
      }
    });
    let turns = 0;
    const done = new AbortController();
    const others = (async () => {
      for (; !done.signal.aborted; turns++) await nextTurn();
    })();
    expect(await verify(app)).toMatchObject({ ok: true, entries: 158 });
    done.abort();
    await others;
    expect(turns).toBeGreaterThanOrEqual(15);
  });
});
