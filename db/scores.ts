import { and, desc, eq, sql } from 'drizzle-orm';
import { type Places, among, list, prepared } from './prepared.ts';
import type { Db } from './store.ts';
import type { Tables } from './tables.ts';

export type Score = Tables['scores']['$inferSelect'];

const history = prepared('score_history', (db, p: Places<'org' | 'seat' | 'limit'>) => {
  const { scores, people } = db.t;
  return db
    .select({ score: scores, reviewer: people.name })
    .from(scores)
    .innerJoin(people, and(eq(people.org, scores.org), eq(people.id, scores.reviewer)))
    .where(and(eq(scores.org, p.org), eq(scores.seat, p.seat)))
    .orderBy(desc(scores.at), desc(scores.id))
    .limit(p.limit);
});

/** Newest first, with the reviewer's name. */
export const scoreHistory = (db: Db, org: string, seat: string, limit: number) =>
  history(db, { org, seat, limit });

const latest = prepared('latest_scores', (db, p: Places<'org' | 'seats'>) => {
  const { scores } = db.t;
  return db
    .select()
    .from(scores)
    .where(
      and(
        eq(scores.org, p.org),
        among(db, scores.seat, p.seats),
        sql`not exists (select 1 from ${scores} newer where newer.org = ${scores.org} and newer.seat = ${scores.seat}
          and (newer.at > ${scores.at} or (newer.at = ${scores.at} and newer.id > ${scores.id})))`,
      ),
    );
});

/** The newest score of each seat, in one query whatever the number of seats. */
export async function latestScores(
  db: Db,
  org: string,
  seats: readonly string[],
): Promise<Map<string, Score>> {
  if (seats.length === 0) return new Map();
  const rows = await latest(db, { org, seats: list(db, seats) });
  return new Map(rows.map((s) => [s.seat, s]));
}
