import { and, asc, desc, eq, gt, inArray, sql } from 'drizzle-orm';
import {
  type AuditHead,
  GENESIS,
  type HashedEntry,
  type StoredText,
  digestText,
  hashEntry,
} from '../src/domain/audit-chain.ts';
import { conflict, unavailable } from '../src/errors.ts';
import { newSalt } from '../src/ids.ts';
import type { KeyAge, Keys } from '../src/keys.ts';
import type { Json, JsonObject } from '../src/ui/card.ts';
import { type Places, prepared, row } from './prepared.ts';
import type { Db } from './store.ts';

export interface NewEntry {
  readonly org: string;
  readonly at: number;
  readonly action: string;
  readonly actor: JsonObject;
  readonly right: string;
  readonly subject: string;
  readonly facts: JsonObject;
  /** What people wrote: kept beside the chain, so that it can be erased. */
  readonly text?: Json;
}

const sealText = (org: string, head: AuditHead) => `${org}:${head.seq}:${head.hash}`;

const nextSeq = prepared('next_audit_seq', (db, p: Places<'org'>) => {
  const { auditHeads } = db.t;
  return db
    .update(auditHeads)
    .set({ seq: sql`${auditHeads.seq} + 1` })
    .where(eq(auditHeads.org, p.org))
    .returning({
      seq: auditHeads.seq,
      hash: auditHeads.hash,
      seal: auditHeads.seal,
      closedAt: auditHeads.closedAt,
    });
});

const ENTRY = [
  'org',
  'seq',
  'at',
  'action',
  'actor',
  'right',
  'subject',
  'facts',
  'textDigest',
  'prev',
  'hash',
] as const satisfies readonly (keyof HashedEntry)[];

const insertEntry = prepared<(typeof ENTRY)[number], unknown>('insert_audit_entry', (db) =>
  db.insert(db.t.auditEntries).values(row(ENTRY)),
);

const sealHead = prepared('seal_audit_head', (db, p: Places<'org' | 'hash' | 'seal'>) => {
  const { auditHeads } = db.t;
  return db
    .update(auditHeads)
    .set({ hash: sql`${p.hash}`, seal: sql`${p.seal}` })
    .where(eq(auditHeads.org, p.org));
});

/** The joining itself is told there as well, and what Coxswain has to do with what is left. */
const isOfSomebody = ({ action, actor }: NewEntry): boolean =>
  action !== 'org.join' && actor['kind'] !== 'schedule';

/**
 * Ends what is done in an organisation. Waits for whoever has appended already; whoever comes later is refused when
 * they append, however much they had read and written before.
 */
export async function closeHead(tx: Db, org: string, at: number): Promise<void> {
  const { auditHeads } = tx.t;
  await tx
    .update(auditHeads)
    .set({ closedAt: at })
    .where(eq(auditHeads.org, org))
    .returning({ org: auditHeads.org });
}

/**
 * Appends one entry and returns its number. The first statement locks the organisation's head until the commit,
 * on both engines, so two transactions cannot continue the same entry. Throws unavailable when the head does not carry the
 * seal of a given key: continued and sealed anew, a log whose tail was cut off would look whole. Throws
 * conflict in an organisation that joined another.
 */
export async function appendAudit(tx: Db, keys: Keys, entry: NewEntry): Promise<number> {
  const { org, text, ...rest } = entry;
  const [locked] = await nextSeq(tx, { org });
  if (locked === undefined) throw new Error(`organisation ${org} has no audit head`);
  const before = sealText(org, { seq: locked.seq - 1, hash: locked.hash });
  if (keys.ageOfMac('audit seal', before, locked.seal) === 'unknown')
    throw unavailable(
      'Nothing can be changed: the audit log does not carry the seal of this installation. Whoever runs Coxswain has to check COXSWAIN_ENCRYPTION_KEY, and what “coxswain audit verify” says.',
    );
  if (locked.closedAt !== null && isOfSomebody(entry))
    throw conflict('This organisation has just become part of another. Please do it again.');
  const salt = text === undefined ? undefined : newSalt();
  const whole = {
    org,
    ...rest,
    seq: locked.seq,
    textDigest: salt === undefined ? null : digestText(salt, text),
    prev: locked.hash,
  };
  const hash = hashEntry(whole);
  await insertEntry(tx, { ...whole, hash });
  if (salt !== undefined)
    await tx.insert(tx.t.auditTexts).values({ org, seq: locked.seq, salt, text: text ?? null });
  const head = { seq: locked.seq, hash };
  await sealHead(tx, { org, hash, seal: keys.mac('audit seal', sealText(org, head)) });
  return locked.seq;
}

export async function createAuditHead(tx: Db, keys: Keys, org: string): Promise<void> {
  const head = { seq: 0, hash: GENESIS };
  await tx
    .insert(tx.t.auditHeads)
    .values({ org, ...head, seal: keys.mac('audit seal', sealText(org, head)) });
}

export async function readHead(
  db: Db,
  keys: Keys,
  org: string,
): Promise<{ head: AuditHead; sealed: boolean; age: KeyAge } | undefined> {
  const [row] = await db.select().from(db.t.auditHeads).where(eq(db.t.auditHeads.org, org));
  if (row === undefined) return undefined;
  const age = keys.ageOfMac('audit seal', sealText(org, row), row.seal);
  return { head: { seq: row.seq, hash: row.hash }, sealed: age !== 'unknown', age };
}

/** The next page of entries, in order, with the texts that still exist. */
export async function readEntries(
  db: Db,
  org: string,
  afterSeq: number,
  limit: number,
): Promise<{ entries: HashedEntry[]; texts: Map<number, StoredText> }> {
  const { auditEntries, auditTexts } = db.t;
  const entries = await db
    .select()
    .from(auditEntries)
    .where(and(eq(auditEntries.org, org), gt(auditEntries.seq, afterSeq)))
    .orderBy(asc(auditEntries.seq))
    .limit(limit);
  const seqs = entries.filter((e) => e.textDigest !== null).map((e) => e.seq);
  const texts =
    seqs.length === 0
      ? []
      : await db
          .select()
          .from(auditTexts)
          .where(and(eq(auditTexts.org, org), inArray(auditTexts.seq, seqs)));
  return { entries, texts: new Map(texts.map((t) => [t.seq, { salt: t.salt, text: t.text }])) };
}

/** About no seat. */
const isForAll = (subject: string): boolean => subject === 'keys' || subject.startsWith('org:');

/** Newest first. What a subject belongs to is not known here, so who may not see some seat gets none but of the organisation. */
export async function entriesAbout(db: Db, org: string, subject: string, limit: number) {
  if (db.sight.hidden.length > 0 && !isForAll(subject)) return [];
  const { auditEntries } = db.t;
  return db
    .select()
    .from(auditEntries)
    .where(and(eq(auditEntries.org, org), eq(auditEntries.subject, subject)))
    .orderBy(desc(auditEntries.seq))
    .limit(limit);
}
