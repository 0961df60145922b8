import { and, desc, eq, inArray, sql } from 'drizzle-orm';
import type { Db } from './store.ts';
import type { Tables } from './tables.ts';

export type Score = Tables['scores']['$inferSelect'];

/** Newest first, with the reviewer's name. */
export function scoreHistory(db: Db, org: string, seat: string, limit: number) {
  const { scores, people } = db.t;
  return db
    .select({ score: scores, reviewer: people.name })
    .from(scores)
    .innerJoin(people, and(eq(people.org, scores.org), eq(people.id, scores.reviewer)))
    .where(and(eq(scores.org, org), eq(scores.seat, seat)))
    .orderBy(desc(scores.at), desc(scores.id))
    .limit(limit);
}

/** The newest score of each seat, in one query whatever the number of seats. */
export async function latestScores(db: Db, org: string, seats: readonly string[]): Promise<Map<string, Score>> {
  if (seats.length === 0) return new Map();
  const { scores } = db.t;
  const rows = await db
    .select()
    .from(scores)
    .where(
      and(
        eq(scores.org, org),
        inArray(scores.seat, [...seats]),
        sql`not exists (select 1 from ${scores} newer where newer.org = ${scores.org} and newer.seat = ${scores.seat}
          and (newer.at > ${scores.at} or (newer.at = ${scores.at} and newer.id > ${scores.id})))`,
      ),
    );
  return new Map(rows.map((s) => [s.seat, s]));
}
