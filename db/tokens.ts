import { and, asc, eq, inArray, isNull, lt, or } from 'drizzle-orm';
import type { Instant } from '../src/clock.ts';
import { type Places, prepared } from './prepared.ts';
import type { Db } from './store.ts';
import type { Tables } from './tables.ts';

export type Token = Tables['tokens']['$inferSelect'];

const byHash = prepared('token_by_hash', (db, p: Places<'hash'>) => {
  const { tokens } = db.t;
  return db.select().from(tokens).where(eq(tokens.hash, p.hash));
});

/** The token of that hash, in whichever organisation, revoked or not. */
export async function tokenByHash(db: Db, hash: string): Promise<Token | undefined> {
  return (await byHash(db, { hash }))[0];
}

/** Tokens of that id with a signing secret, in whichever organisation: a signature says which one was meant. */
export async function signingTokens(db: Db, id: string): Promise<Token[]> {
  const { tokens } = db.t;
  const rows = await db.select().from(tokens).where(eq(tokens.id, id)).limit(5);
  return rows.filter((token) => token.signingSecret !== null);
}

const byId = prepared('token_by_id', (db, p: Places<'org' | 'id'>) => {
  const { tokens } = db.t;
  return db
    .select()
    .from(tokens)
    .where(and(eq(tokens.org, p.org), eq(tokens.id, p.id)));
});

export async function tokenById(db: Db, org: string, id: string): Promise<Token | undefined> {
  return (await byId(db, { org, id }))[0];
}

export async function tokensByIds(db: Db, org: string, ids: readonly string[]): Promise<Token[]> {
  if (ids.length === 0) return [];
  const { tokens } = db.t;
  return db
    .select()
    .from(tokens)
    .where(and(eq(tokens.org, org), inArray(tokens.id, [...ids])));
}

/** Tokens that were not revoked, by name. */
export function listTokens(db: Db, org: string): Promise<Token[]> {
  const { tokens } = db.t;
  return db
    .select()
    .from(tokens)
    .where(and(eq(tokens.org, org), isNull(tokens.revokedAt)))
    .orderBy(asc(tokens.name), asc(tokens.id));
}

/** The token of that name that was not revoked. */
export async function tokenByName(db: Db, org: string, name: string): Promise<Token | undefined> {
  const { tokens } = db.t;
  const [row] = await db
    .select()
    .from(tokens)
    .where(and(eq(tokens.org, org), eq(tokens.name, name), isNull(tokens.revokedAt)));
  return row;
}

/** Keeps the hour in which a token was used; false when it was kept before. */
export async function markTokenUsed(tx: Db, org: string, id: string, hour: Instant): Promise<boolean> {
  const { tokens } = tx.t;
  const rows = await tx
    .update(tokens)
    .set({ usedAt: hour })
    .where(and(eq(tokens.org, org), eq(tokens.id, id), or(isNull(tokens.usedAt), lt(tokens.usedAt, hour))))
    .returning({ id: tokens.id });
  return rows.length > 0;
}
