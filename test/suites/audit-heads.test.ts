import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { eq, gt } from 'drizzle-orm';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { appendAudit } from '../../db/audit.ts';
import { seatByKey } from '../../db/seats.ts';
import { sighted } from '../../db/sight.ts';
import { type Store, readThrough } from '../../db/store.ts';
import { headsJob } from '../../jobs/heads.ts';
import { exportHead } from '../../src/actions/audit/index.ts';
import { newIssue } from '../../src/actions/issue/index.ts';
import { rotateKeys } from '../../src/actions/keys/index.ts';
import { runNight } from '../../src/actions/org/index.ts';
import { findHeads, printHead } from '../../src/domain/audit-head.ts';
import { headsFile } from '../../src/heads-file.ts';
import { deriveKeys } from '../../src/keys.ts';
import { verifyAudit } from '../../src/queries/audit.ts';
import { type TestApp, testApp } from '../support/app.ts';
import { ENGINES, type Engine, testFolder } from '../support/databases.ts';
import { addClaims } from '../support/ship.ts';

interface Filed {
  readonly app: TestApp;
  readonly path: string;
  /** Signs the head, and writes what is not in the file yet. */
  export(): Promise<number>;
  heads(): ReturnType<typeof findHeads>;
  verify(): ReturnType<typeof verifyAudit>;
}

async function withFile(engine: Engine): Promise<Filed> {
  const app = await testApp(engine);
  await addClaims(app);
  const path = join(testFolder(), 'heads', 'audit-heads.ndjson');
  const filing = { ...app.app, heads: headsFile(path) };
  const heads = () => findHeads(readFileSync(path, 'utf8'));
  return {
    app,
    path,
    heads,
    async export() {
      const { seq } = await app.act('ana', exportHead, {});
      for (const due of await headsJob.due(app.app.store.read, app.clock.now(), 100))
        await headsJob.run(filing, due);
      return seq;
    },
    verify: () => verifyAudit(app.app.store, app.keys, app.org, heads()),
  };
}

const busy = async (app: TestApp, times: number): Promise<void> => {
  for (let i = 0; i < times; i++)
    await app.act('eli', newIssue, { seat: 'claims', title: `Issue ${i}`, severity: 4 });
};

/** The rows that make up a log. */
async function logOf({ read }: Store) {
  const { auditEntries, auditHeads, auditTexts, auditExports } = read.t;
  return {
    entries: await read.select().from(auditEntries),
    heads: await read.select().from(auditHeads),
    texts: await read.select().from(auditTexts),
    exports: await read.select().from(auditExports),
  };
}

/** Somebody with every right on the database puts back a log as it once was, head, seal and all. */
async function putBack(app: TestApp, log: Awaited<ReturnType<typeof logOf>>): Promise<void> {
  await app.app.store.write(async (tx) => {
    const { auditEntries, auditHeads, auditTexts, auditExports } = tx.t;
    for (const table of [auditEntries, auditHeads, auditTexts, auditExports])
      await tx.delete(table).returning();
    await tx.insert(auditEntries).values(log.entries);
    await tx.insert(auditHeads).values(log.heads);
    await tx.insert(auditTexts).values(log.texts);
    if (log.exports.length > 0) await tx.insert(auditExports).values(log.exports);
  });
}

async function disarm(app: TestApp): Promise<void> {
  const statements = {
    sqlite: ['DROP TRIGGER audit_entries_no_update', 'DROP TRIGGER audit_entries_no_delete'],
    postgres: ['DROP TRIGGER audit_entries_no_change ON audit_entries'],
  };
  for (const statement of statements[app.engine]) await app.database.sql(statement);
}

describe.each(ENGINES)('exported heads on %s', (engine) => {
  test('are signed for everybody who has the public key, and filed once each', async () => {
    const filed = await withFile(engine);
    const { app } = filed;
    const first = await filed.export();
    await busy(app, 2);
    const second = await filed.export();
    expect(filed.heads().map((h) => h.seq)).toEqual([first, second]);
    const lines = readFileSync(filed.path, 'utf8').trim().split('\n');
    expect(JSON.parse(lines[1]!)).toMatchObject({ org: app.org, seq: second, at: expect.any(String) });
    expect(await filed.verify()).toMatchObject({ ok: true, heads: 2, entries: second + 1 });
    expect(await headsJob.due(app.app.store.read, app.clock.now(), 100)).toEqual([]);
  });

  test('show an older state that was put back as a whole, which the chain alone cannot', async () => {
    const filed = await withFile(engine);
    const { app } = filed;
    await busy(app, 2);
    await filed.export();
    const old = await logOf(app.app.store);
    const length = old.entries.length;
    await busy(app, 5);
    const last = await filed.export();
    await disarm(app);
    await putBack(app, old);
    expect(await verifyAudit(app.app.store, app.keys, app.org)).toMatchObject({ ok: true });
    expect(await filed.verify()).toEqual({
      ok: false,
      fault: {
        seq: length + 1,
        what: expect.stringContaining(`names entry ${last}, and the chain ends with entry ${length}`),
      },
    });
    // And when it was written on from there, past the number that was given away.
    await app.app.store.write(async (tx) => {
      for (let i = 0; i < 20; i++) {
        const actor = { kind: 'system', cause: 1 };
        const forged = { action: 'forged', actor, right: 'system', subject: 'x', facts: { i } };
        await appendAudit(tx, app.keys, { org: app.org, at: 1, ...forged });
      }
    });
    expect(await verifyAudit(app.app.store, app.keys, app.org)).toMatchObject({ ok: true });
    const [known] = filed.heads();
    expect(await filed.verify()).toEqual({
      ok: false,
      fault: {
        seq: known!.seq + 1,
        what: expect.stringContaining(
          `entries ${known!.seq + 1} to ${last} are not those whose head was exported`,
        ),
      },
    });
  });

  test('name a tail that was cut at any place, with the head of that time put together again', async () => {
    const filed = await withFile(engine);
    const { app } = filed;
    await busy(app, 6);
    const last = await filed.export();
    await disarm(app);
    const whole = await logOf(app.app.store);
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 2, max: last - 1 }), async (cut) => {
        const end = whole.entries.find((e) => e.seq === cut)!;
        const seal = app.keys.mac('audit seal', `${app.org}:${cut}:${end.hash}`);
        await app.app.store.write(async (tx) => {
          await tx.delete(tx.t.auditEntries).where(gt(tx.t.auditEntries.seq, cut)).returning();
          await tx.delete(tx.t.auditTexts).where(gt(tx.t.auditTexts.seq, cut)).returning();
          await tx.delete(tx.t.auditExports).returning();
          const head = { seq: cut, hash: end.hash, seal };
          await tx.update(tx.t.auditHeads).set(head).where(eq(tx.t.auditHeads.org, app.org)).returning();
        });
        expect(await verifyAudit(app.app.store, app.keys, app.org)).toMatchObject({ ok: true, entries: cut });
        expect(await filed.verify()).toMatchObject({ ok: false, fault: { seq: cut + 1 } });
        await putBack(app, whole);
      }),
      { numRuns: 5 },
    );
    expect(await filed.verify()).toMatchObject({ ok: true });
  });

  test('that were altered, or signed by another installation, are not believed', async () => {
    const filed = await withFile(engine);
    const seq = await filed.export();
    const [head] = filed.heads();
    writeFileSync(filed.path, printHead({ ...head!, at: head!.at + 1 }));
    expect(await filed.verify()).toMatchObject({
      ok: false,
      fault: { seq, what: expect.stringContaining('altered') },
    });
    const other = deriveKeys(new Uint8Array(32).fill(9)).signer;
    writeFileSync(filed.path, printHead({ ...head!, keyId: other.id, signature: other.sign('x') }));
    expect(await filed.verify()).toMatchObject({
      ok: false,
      fault: { what: expect.stringContaining('another key') },
    });
    // Heads of other organisations stand in the same file.
    writeFileSync(filed.path, printHead({ ...head!, org: 'another' }));
    expect(await filed.verify()).toMatchObject({ ok: true, heads: 1 });
  });

  test('are not made of a chain whose head is not sealed, nor by members', async () => {
    const { app } = await withFile(engine);
    await expect(app.act('eli', exportHead, {})).rejects.toThrow('A governor (Ana Flores) may');
    await app.app.store.write((tx) => tx.update(tx.t.auditHeads).set({ seal: 'forged' }).returning());
    await expect(app.act('ana', exportHead, {})).rejects.toThrow('is not signed');
  });

  test('are made every night', async () => {
    const { app } = await withFile(engine);
    await app.act('coxswain', runNight, { night: null });
    const [org] = await app.app.store.read.select().from(app.app.store.read.t.orgs);
    app.clock.moveTo(org!.nightlyAt!);
    await app.act('coxswain', runNight, { night: org!.nightlyAt });
    expect(await app.follow()).toContain('audit.export');
    const kept = await app.app.store.read.select().from(app.app.store.read.t.auditExports);
    expect(kept).toHaveLength(1);
  });

  test('after a key was replaced, who may not see every seat verifies the same log', async () => {
    const { app, ...filed } = await withFile(engine);
    await filed.export();
    const [present, old] = [new Uint8Array(32).fill(8), new Uint8Array(32).fill(7)];
    const schedule = app.ctxAs({ kind: 'schedule', job: 'keys rotate' });
    await app.act({ ...schedule, keys: deriveKeys(present, [old]) }, rotateKeys, {});
    const { store } = app.app;
    const seat = (await seatByKey(store.read, app.org, 'claims'))!;
    const through = readThrough(store, sighted(store.read, app.org, [seat.id]));
    const verdict = await verifyAudit(through, deriveKeys(present), app.org, filed.heads());
    expect(verdict).toMatchObject({ ok: true, heads: 1 });
  });
});
