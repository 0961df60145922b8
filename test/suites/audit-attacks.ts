import { and, asc, eq, gte } from 'drizzle-orm';
import { expect } from 'vitest';
import type { Db } from '../../db/store.ts';
import { GENESIS, type HashedEntry, hashEntry } from '../../src/domain/audit-chain.ts';
import { deriveKeys } from '../../src/keys.ts';

export const entriesOf = (db: Db, org: string): Promise<HashedEntry[]> =>
  db
    .select()
    .from(db.t.auditEntries)
    .where(eq(db.t.auditEntries.org, org))
    .orderBy(asc(db.t.auditEntries.seq));

const at = (db: Db, org: string, seq: number) =>
  and(eq(db.t.auditEntries.org, org), eq(db.t.auditEntries.seq, seq));

type Change = Partial<Omit<HashedEntry, 'actor' | 'facts'>> & {
  actor?: { kind: string };
  facts?: { forged: number };
};

export async function alter(tx: Db, org: string, seq: number, change: Change): Promise<void> {
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

/** What somebody with full rights on the database, but without the installation's key, may try. */
export interface Attack {
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

export const ATTACKS: readonly Attack[] = [
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
