import { and, eq } from 'drizzle-orm';
import { type Places, prepared } from './prepared.ts';
import type { Db } from './store.ts';
import type { Tables } from './tables.ts';

export type Draft = Tables['drafts']['$inferSelect'];

const draft = prepared('draft_of', (db, p: Places<'org' | 'person' | 'about'>) => {
  const { drafts } = db.t;
  return db
    .select()
    .from(drafts)
    .where(and(eq(drafts.org, p.org), eq(drafts.person, p.person), eq(drafts.about, p.about)));
});

/** What this person typed into a long form and has not sent. */
export async function draftOf(
  db: Db,
  org: string,
  person: string,
  about: string,
): Promise<Draft | undefined> {
  return (await draft(db, { org, person, about }))[0];
}

/** Keeps or replaces it. */
export async function keepDraft(tx: Db, draft: Draft): Promise<void> {
  const { drafts } = tx.t;
  const { version, values, at } = draft;
  await tx
    .insert(drafts)
    .values(draft)
    .onConflictDoUpdate({
      target: [drafts.org, drafts.person, drafts.about],
      set: { version, values, at },
    })
    .returning({ about: drafts.about });
}

export async function dropDraft(tx: Db, org: string, person: string, about: string): Promise<void> {
  const { drafts } = tx.t;
  await tx
    .delete(drafts)
    .where(and(eq(drafts.org, org), eq(drafts.person, person), eq(drafts.about, about)))
    .returning({ about: drafts.about });
}
