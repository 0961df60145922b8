import { and, asc, desc, eq, lte, sql } from 'drizzle-orm';
import type { Marks } from '../src/domain/rubric/quick.ts';
import { type Places, among, list, prepared } from './prepared.ts';
import type { Db } from './store.ts';
import type { Tables } from './tables.ts';

export type Score = Tables['scores']['$inferSelect'];
export type ScoreRequest = Tables['scoreRequests']['$inferSelect'];

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

const lastFull = prepared('last_full_score', (db, p: Places<'org' | 'seat' | 'me'>) => {
  const { scores, people } = db.t;
  const mine = sql`case when ${scores.reviewer} = ${p.me} then 0 else 1 end`;
  return db
    .select({ score: scores, reviewer: people.name })
    .from(scores)
    .innerJoin(people, and(eq(people.org, scores.org), eq(people.id, scores.reviewer)))
    .where(and(eq(scores.org, p.org), eq(scores.seat, p.seat), eq(scores.kind, sql`'full'`)))
    .orderBy(mine, desc(scores.at), desc(scores.id))
    .limit(1);
});

/** One's own newest full score of a seat, or without one the newest of anybody. */
export async function lastFullScore(
  db: Db,
  org: string,
  seat: string,
  me: string,
): Promise<{ score: Score; reviewer: string } | undefined> {
  return (await lastFull(db, { org, seat, me }))[0];
}

const recent = prepared('recent_scores', (db, p: Places<'org' | 'seats' | 'most'>) => {
  const { scores } = db.t;
  // Scores with letters need no colours, and reading JSON a hundred thousand times takes its time.
  const marks = sql<Marks | null>`case when ${scores.colours} is null then ${scores.marks} end`;
  const ranked = db
    .select({
      seat: scores.seat,
      reviewer: scores.reviewer,
      at: scores.at,
      rubric: scores.rubric,
      kind: scores.kind,
      colours: scores.colours,
      marks: marks.mapWith(scores.marks).as('old_marks'),
      nth: sql<number>`row_number() over (partition by ${scores.seat} order by ${scores.at} desc, ${scores.id} desc)`.as(
        'nth',
      ),
    })
    .from(scores)
    .where(and(eq(scores.org, p.org), among(db, scores.seat, p.seats)))
    .as('ranked');
  return db
    .select({
      seat: ranked.seat,
      reviewer: ranked.reviewer,
      at: ranked.at,
      rubric: ranked.rubric,
      kind: ranked.kind,
      colours: ranked.colours,
      marks: ranked.marks,
    })
    .from(ranked)
    .where(lte(ranked.nth, p.most))
    .orderBy(asc(ranked.seat), asc(ranked.nth));
});

/** What a seat's standing is worked out from. */
export interface RecentScore extends Pick<Score, 'seat' | 'reviewer' | 'at' | 'rubric' | 'kind' | 'colours'> {
  /** Only of scores from before there were letters. */
  readonly marks: Marks | null;
}

/** The newest scores of each seat, newest first, in one query whatever the number of seats. */
export async function recentScores(
  db: Db,
  org: string,
  seats: readonly string[],
  most: number,
): Promise<RecentScore[]> {
  return seats.length === 0 ? [] : recent(db, { org, seats: list(db, seats), most });
}

const requests = prepared('open_score_requests', (db, p: Places<'org' | 'seats'>) => {
  const { scoreRequests } = db.t;
  return db
    .select()
    .from(scoreRequests)
    .where(
      and(
        eq(scoreRequests.org, p.org),
        among(db, scoreRequests.seat, p.seats),
        eq(scoreRequests.state, sql`'open'`),
      ),
    )
    .orderBy(asc(scoreRequests.dueAt), asc(scoreRequests.id));
});

/** Scores that were asked for and have not come, the first due first. */
export async function openScoreRequests(
  db: Db,
  org: string,
  seats: readonly string[],
): Promise<ScoreRequest[]> {
  return seats.length === 0 ? [] : requests(db, { org, seats: list(db, seats) });
}

export async function scoreRequestById(db: Db, org: string, id: string): Promise<ScoreRequest | undefined> {
  const { scoreRequests } = db.t;
  const [row] = await db
    .select()
    .from(scoreRequests)
    .where(and(eq(scoreRequests.org, org), eq(scoreRequests.id, id)));
  return row;
}

const requestsOf = prepared('score_requests_of', (db, p: Places<'org' | 'reviewer'>) => {
  const { scoreRequests: t } = db.t;
  return db
    .select()
    .from(t)
    .where(and(eq(t.org, p.org), eq(t.reviewer, p.reviewer), eq(t.state, sql`'open'`)))
    .orderBy(asc(t.dueAt), asc(t.id));
});

/** What is asked of one person, the first due first. */
export const scoreRequestsOf = (db: Db, org: string, reviewer: string): Promise<ScoreRequest[]> =>
  requestsOf(db, { org, reviewer });
