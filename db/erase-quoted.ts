import { type SQLWrapper, and, eq, inArray, sql } from 'drizzle-orm';
import { clip } from '../src/text.ts';
import { ERASED_TEXT, type Who } from './erase.ts';
import type { Db } from './store.ts';

const escaped = (text: string): string => text.replaceAll(/[\\%_]/g, String.raw`\$&`);

/** Scripts that are written without spaces: there a name ends where no letter tells it. */
const UNSPACED = String.raw`\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}`;
const beginsUnspaced = new RegExp(`^[${UNSPACED}]`, 'u');
const endsUnspaced = new RegExp(`[${UNSPACED}]$`, 'u');

/** Not inside another word: a name like “Ana” stands in “Analysis”, too. */
function byItself(word: string): RegExp {
  const exactly = word.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);
  const before = beginsUnspaced.test(word) ? '' : String.raw`(?<![\p{L}\p{N}])`;
  const after = endsUnspaced.test(word) ? '' : String.raw`(?![\p{L}\p{N}])`;
  return new RegExp(`${before}${exactly}${after}`, 'gu');
}

/** Names and addresses under which somebody is known, the longest first. */
export async function namesOf(db: Db, org: string, ids: readonly string[]): Promise<string[]> {
  const { people, identities } = db.t;
  const those = [...ids];
  const known = await db
    .select({ name: people.name, email: people.email })
    .from(people)
    .where(and(eq(people.org, org), inArray(people.id, those)));
  const accounts = await db
    .select({ name: identities.name })
    .from(identities)
    .where(and(eq(identities.org, org), inArray(identities.person, those)));
  const words = [
    ...known.flatMap(({ name, email }) => [name, email ?? '']),
    ...accounts.map(({ name }) => name),
  ];
  // A single letter says nothing of anybody.
  return [...new Set(words)].filter((word) => [...word].length >= 2).toSorted((a, b) => b.length - a.length);
}

/** Sentences that Coxswain made of words of theirs: names and notes that stand in titles and signals. */
export async function eraseQuoted(
  tx: Db,
  org: string,
  names: readonly string[],
  notes: readonly string[],
): Promise<void> {
  const { signals, issues, results, followUps } = tx.t;
  for (const name of names) {
    // What they raised or saw too is quoted after their name.
    await tx
      .update(signals)
      .set({ sentence: ERASED_TEXT })
      .where(and(eq(signals.org, org), holds(signals.sentence, `${escaped(name)} %: %`)))
      .returning({ id: signals.id });
  }
  const instead = [
    ...notes.map((note) => [note, ERASED_TEXT] as const),
    ...names.map((name) => [name, 'an erased person'] as const),
  ];
  for (const [word, other] of instead) {
    for (const [table, column, key] of [
      [signals, signals.sentence, 'sentence'],
      [issues, issues.title, 'title'],
      [issues, issues.detail, 'detail'],
    ] as const) {
      const rows = await tx
        .select({ id: table.id, text: column })
        .from(table)
        .where(and(eq(table.org, org), holds(column, `%${escaped(word)}%`)));
      for (const { id, text } of rows) {
        const left = text?.replaceAll(byItself(word), () => other);
        if (left === text) continue;
        await tx
          .update(table)
          .set({ [key]: left })
          .where(and(eq(table.org, org), eq(table.id, id)))
          .returning({ id: table.id });
      }
    }
    // What is kept for repeated requests may hold their words; nobody repeats a request of somebody who is gone.
    const inJson = JSON.stringify(word).slice(1, -1);
    const like = `%${escaped(inJson)}%`;
    const result = sql<string>`cast(${results.result} as text)`;
    const kept = await tx
      .select({ key: results.key, said: result })
      .from(results)
      .where(and(eq(results.org, org), holds(result, like)));
    for (const { key } of kept.filter(({ said }) => standsIn(said, inJson)))
      await tx
        .delete(results)
        .where(and(eq(results.org, org), eq(results.key, key)))
        .returning({ key: results.key });
    const input = sql<string>`cast(${followUps.input} as text)`;
    const over = await tx
      .select({ id: followUps.id, said: input })
      .from(followUps)
      .where(and(eq(followUps.org, org), inArray(followUps.state, ['done', 'failed']), holds(input, like)));
    for (const { id } of over.filter(({ said }) => standsIn(said, inJson)))
      await tx
        .delete(followUps)
        .where(and(eq(followUps.org, org), eq(followUps.id, id)))
        .returning({ id: followUps.id });
  }
}

/** Whether a word stands in JSON by itself; a line break there is written as a letter. */
const standsIn = (json: string, word: string): boolean =>
  byItself(word).test(json.replaceAll(/\\[nrt]/g, ' '));

const holds = (column: SQLWrapper, pattern: string) => sql`${column} like ${pattern} escape '\\'`;

/** The notes by somebody that Coxswain may have quoted in a title or a signal. */
export async function quotableNotes(tx: Db, { org, ids }: Who): Promise<string[]> {
  const { tracks } = tx.t;
  const rows = await tx
    .select({ note: tracks.note })
    .from(tracks)
    .where(and(eq(tracks.org, org), inArray(tracks.by, [...ids])));
  return [
    ...new Set(rows.flatMap(({ note }) => (note === null || note.length < 4 ? [] : [note, clip(note, 200)]))),
  ];
}
