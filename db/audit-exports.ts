import { and, asc, desc, eq, inArray, isNull } from 'drizzle-orm';
import type { ExportedHead } from '../src/domain/audit-head.ts';
import type { Instant } from '../src/clock.ts';
import type { Db } from './store.ts';
import type { Tables } from './tables.ts';

export type HeadExport = Tables['auditExports']['$inferSelect'];

/** Remembers a head that was signed; false when that entry's head was exported before. */
export async function keepExport(tx: Db, head: ExportedHead): Promise<boolean> {
  const rows = await tx
    .insert(tx.t.auditExports)
    .values(head)
    .onConflictDoNothing()
    .returning({ seq: tx.t.auditExports.seq });
  return rows.length > 0;
}

export async function exportOf(db: Db, org: string, seq: number): Promise<HeadExport | undefined> {
  const { auditExports } = db.t;
  const [row] = await db
    .select()
    .from(auditExports)
    .where(and(eq(auditExports.org, org), eq(auditExports.seq, seq)));
  return row;
}

/** Every head of an organisation that was exported, oldest first. */
export function exportsOf(db: Db, org: string): Promise<HeadExport[]> {
  const { auditExports } = db.t;
  return db.select().from(auditExports).where(eq(auditExports.org, org)).orderBy(asc(auditExports.seq));
}

export async function lastExport(db: Db, org: string): Promise<HeadExport | undefined> {
  const { auditExports } = db.t;
  const [row] = await db
    .select()
    .from(auditExports)
    .where(eq(auditExports.org, org))
    .orderBy(desc(auditExports.seq))
    .limit(1);
  return row;
}

/** Exports that are not in the file yet, of any organisation. */
export function exportsToFile(db: Db, limit: number): Promise<HeadExport[]> {
  const { auditExports } = db.t;
  return db
    .select()
    .from(auditExports)
    .where(isNull(auditExports.filedAt))
    .orderBy(asc(auditExports.org), asc(auditExports.seq))
    .limit(limit);
}

/** `at` is when it was written to the file; 0 when there is no file to write to. */
export async function markFiled(tx: Db, org: string, seq: number, at: Instant): Promise<void> {
  const { auditExports } = tx.t;
  await tx
    .update(auditExports)
    .set({ filedAt: at })
    .where(and(eq(auditExports.org, org), eq(auditExports.seq, seq)))
    .returning({ seq: auditExports.seq });
}

/** Numbers asked for at once: both engines take a limited number of values. */
const AT_ONCE = 500;

/** The hashes of entries by their numbers. */
export async function hashesOf(db: Db, org: string, seqs: readonly number[]): Promise<Map<number, string>> {
  const { auditEntries } = db.t;
  const found = new Map<number, string>();
  for (let from = 0; from < seqs.length; from += AT_ONCE) {
    const rows = await db
      .select({ seq: auditEntries.seq, hash: auditEntries.hash })
      .from(auditEntries)
      .where(and(eq(auditEntries.org, org), inArray(auditEntries.seq, seqs.slice(from, from + AT_ONCE))));
    for (const { seq, hash } of rows) found.set(seq, hash);
  }
  return found;
}
