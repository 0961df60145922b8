import { setImmediate as nextTurn } from 'node:timers/promises';
import { and, asc, eq, gt, gte } from 'drizzle-orm';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { appendAudit, entriesAbout } from '../../db/audit.ts';
import type { Db } from '../../db/store.ts';
import { acknowledgeIssue, newIssue, solveIssue } from '../../src/actions/issue/index.ts';
import { logReadings } from '../../src/actions/reading/index.ts';
import { GENESIS, type HashedEntry, hashEntry } from '../../src/domain/audit-chain.ts';
import { deriveKeys } from '../../src/keys.ts';
import { verifyAudit } from '../../src/queries/audit.ts';
import { type TestApp, testApp } from '../support/app.ts';
import { ENGINES, type Engine } from '../support/databases.ts';
import { addAcceptance, addClaims } from '../support/ship.ts';

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

const entriesOf = (db: Db, org: string): Promise<HashedEntry[]> =>
  db
    .select()
    .from(db.t.auditEntries)
    .where(eq(db.t.auditEntries.org, org))
    .orderBy(asc(db.t.auditEntries.seq));

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

const at = (db: Db, org: string, seq: number) =>
  and(eq(db.t.auditEntries.org, org), eq(db.t.auditEntries.seq, seq));

type Change = Partial<Omit<HashedEntry, 'actor' | 'facts'>> & {
  actor?: { kind: string };
  facts?: { forged: number };
};

async function alter(tx: Db, org: string, seq: number, change: Change): Promise<void> {
  const changed = await tx
    .update(tx.t.auditEntries)
    .set(change)
    .where(at(tx, org, seq))
    .returning({ seq: tx.t.auditEntries.seq });
  expect(changed).toHaveLength(1);
}

/** Gives an entry another number, by way of a number nobody has. */
const renumber = (tx: Db, org: string, from: number, to: number) => alter(tx, org, from, { seq: to });

async function moveHead(tx: Db, org: string, seq: number): Promise<void> {
  const [last] = await tx
    .select()
    .from(tx.t.auditEntries)
    .where(at(tx, org, seq));
  await tx
    .update(tx.t.auditHeads)
    .set({ seq, hash: last?.hash ?? GENESIS })
    .where(eq(tx.t.auditHeads.org, org));
}

/** A made-up entry that continues the one before it and carries its own right hash. */
async function forge(tx: Db, org: string, seq: number): Promise<void> {
  const entries = await entriesOf(tx, org);
  const prev = entries.find((e) => e.seq === seq - 1)?.hash ?? GENESIS;
  const made = {
    org,
    seq,
    at: entries[0]!.at,
    action: 'score.give',
    actor: { kind: 'system', cause: 1 },
    right: 'system',
    subject: 'seat:1',
    facts: { forged: 1 },
    textDigest: null,
    prev,
  };
  await tx.insert(tx.t.auditEntries).values({ ...made, hash: hashEntry(made) });
}

interface Attack {
  readonly name: string;
  /** Entries on which it makes sense, of a log with `length` entries. */
  readonly on: (length: number) => { min: number; max: number };
  readonly run: (tx: Db, org: string, seq: number, length: number) => Promise<unknown>;
  /** The first entry that is wrong afterwards. */
  readonly found: (seq: number, length: number) => number;
}

const any = (length: number) => ({ min: 1, max: length });
const itself = (seq: number) => seq;

const alterations: readonly Change[] = [
  { facts: { forged: 1 } },
  { actor: { kind: 'forged' } },
  { action: 'forged' },
  { right: 'forged' },
  { subject: 'forged' },
  { at: 1 },
  { textDigest: 'forged' },
  { prev: 'forged' },
  { hash: 'forged' },
];

const ATTACKS: readonly Attack[] = [
  ...alterations.map((change): Attack => ({
    name: `altered ${Object.keys(change)[0]}`,
    on: any,
    run: (tx, org, seq) => alter(tx, org, seq, change),
    found: itself,
  })),
  {
    name: 'altered, with a hash that fits',
    on: any,
    async run(tx, org, seq) {
      const entry = (await entriesOf(tx, org))[seq - 1]!;
      const facts = { forged: 1 };
      await alter(tx, org, seq, { facts, hash: hashEntry({ ...entry, facts }) });
    },
    found: itself,
  },
  {
    name: 'deleted',
    on: (length) => ({ min: 1, max: length - 1 }),
    run: (tx, org, seq) =>
      tx
        .delete(tx.t.auditEntries)
        .where(at(tx, org, seq))
        .returning(),
    found: itself,
  },
  {
    name: 'deleted, with the rest moved up and the head moved back',
    on: (length) => ({ min: 1, max: length - 1 }),
    async run(tx, org, seq, length) {
      await tx
        .delete(tx.t.auditEntries)
        .where(at(tx, org, seq))
        .returning();
      for (let next = seq + 1; next <= length; next++) await renumber(tx, org, next, next - 1);
      await moveHead(tx, org, length - 1);
    },
    found: itself,
  },
  {
    name: 'exchanged with its neighbour',
    on: (length) => ({ min: 1, max: length - 1 }),
    async run(tx, org, seq) {
      await renumber(tx, org, seq, 1_000_000);
      await renumber(tx, org, seq + 1, seq);
      await renumber(tx, org, 1_000_000, seq + 1);
    },
    found: itself,
  },
  {
    name: 'exchanged with the last',
    on: (length) => ({ min: 1, max: length - 1 }),
    async run(tx, org, seq, length) {
      await renumber(tx, org, seq, 1_000_000);
      await renumber(tx, org, length, seq);
      await renumber(tx, org, 1_000_000, length);
    },
    found: itself,
  },
  {
    name: 'pushed down by a made-up one in its place',
    on: any,
    async run(tx, org, seq, length) {
      for (let last = length; last >= seq; last--) await renumber(tx, org, last, last + 1);
      await forge(tx, org, seq);
      await moveHead(tx, org, length + 1);
    },
    found: itself,
  },
  {
    name: 'followed by a made-up one at the end',
    on: any,
    run: (tx, org, _, length) => forge(tx, org, length + 1),
    found: (_, length) => length + 1,
  },
  {
    name: 'cut off with all that follow',
    on: any,
    run: (tx, org, seq) =>
      tx
        .delete(tx.t.auditEntries)
        .where(and(eq(tx.t.auditEntries.org, org), gte(tx.t.auditEntries.seq, seq)))
        .returning(),
    found: itself,
  },
  {
    name: 'cut off with all that follow, and the head moved back',
    on: (length) => ({ min: 2, max: length }),
    async run(tx, org, seq) {
      await tx
        .delete(tx.t.auditEntries)
        .where(and(eq(tx.t.auditEntries.org, org), gte(tx.t.auditEntries.seq, seq)))
        .returning();
      await moveHead(tx, org, seq - 1);
    },
    found: (seq) => seq - 1,
  },
  {
    name: 'cut off with all that follow, and the head thrown away',
    on: any,
    async run(tx, org, seq) {
      await tx
        .delete(tx.t.auditEntries)
        .where(and(eq(tx.t.auditEntries.org, org), gte(tx.t.auditEntries.seq, seq)))
        .returning();
      await tx.delete(tx.t.auditHeads).where(eq(tx.t.auditHeads.org, org)).returning();
    },
    found: itself,
  },
  {
    name: 'left alone, but the head sealed with another key',
    on: any,
    async run(tx, org, _, length) {
      const [head] = await tx.select().from(tx.t.auditHeads).where(eq(tx.t.auditHeads.org, org));
      const seal = deriveKeys(new Uint8Array(32)).mac('audit seal', `${org}:${length}:${head!.hash}`);
      await tx.update(tx.t.auditHeads).set({ seal }).where(eq(tx.t.auditHeads.org, org));
    },
    found: (_, length) => length,
  },
];

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
    expect(await verify(app)).toEqual({ ok: true, entries: 14, head: entries.at(-1)!.hash });
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
    expect(await verify(app)).toMatchObject({ ok: true, entries: 14 });
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
    let verifying = true;
    const others = (async () => {
      for (; verifying; turns++) await nextTurn();
    })();
    expect(await verify(app)).toMatchObject({ ok: true, entries: 158 });
    verifying = false;
    await others;
    expect(turns).toBeGreaterThanOrEqual(15);
  });
});
