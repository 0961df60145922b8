import { and, eq, gt, inArray, like, or, sql } from 'drizzle-orm';
import type { Who } from './erase.ts';
import type { Db } from './store.ts';

/** Entries that somebody made, or that are about them. */
function concerning({ t: { auditEntries } }: Db, ids: readonly string[]) {
  // In canonical JSON and in PostgreSQL's own spelling, an id stands between quotation marks.
  const acting = ids.map((id) => like(sql`cast(${auditEntries.actor} as text)`, `%"${id}"%`));
  const subjects = ids.map((id) => `person:${id}`);
  return or(...acting, inArray(auditEntries.subject, subjects));
}

/** Entries looked through at once: SQLite gives nobody else a turn meanwhile. */
const PAGE = 2000;

/**
 * Erases the texts of the entries that somebody made, or that are about them, with their salt: without it nobody can
 * try out what they said. The chain holds only the digest, and stays whole. Returns how many.
 */
export async function eraseAuditTexts(tx: Db, { org, ids }: Who): Promise<number> {
  const { auditEntries, auditTexts } = tx.t;
  let erased = 0;
  let last = 0;
  for (;;) {
    const rows = await tx
      .select({ seq: auditEntries.seq })
      .from(auditEntries)
      .where(and(eq(auditEntries.org, org), gt(auditEntries.seq, last), concerning(tx, ids)))
      .orderBy(auditEntries.seq)
      .limit(PAGE);
    const seqs = rows.map(({ seq }) => seq);
    if (seqs.length === 0) return erased;
    const gone = await tx
      .update(auditTexts)
      .set({ text: null, salt: '' })
      .where(and(eq(auditTexts.org, org), inArray(auditTexts.seq, seqs)))
      .returning({ seq: auditTexts.seq });
    erased += gone.length;
    last = seqs.at(-1)!;
  }
}

export interface AuditText {
  readonly seq: number;
  readonly at: number;
  readonly action: string;
  readonly subject: string;
  readonly facts: object;
  readonly text: unknown;
}

/** The entries that somebody made or that are about them, with what was written. */
export async function textsBy(db: Db, org: string, ids: readonly string[]): Promise<AuditText[]> {
  const { auditEntries: e, auditTexts } = db.t;
  return db
    .select({
      seq: e.seq,
      at: e.at,
      action: e.action,
      subject: e.subject,
      facts: e.facts,
      text: auditTexts.text,
    })
    .from(e)
    .leftJoin(auditTexts, and(eq(auditTexts.org, e.org), eq(auditTexts.seq, e.seq)))
    .where(and(eq(e.org, org), concerning(db, ids)))
    .orderBy(e.seq);
}
