import { setImmediate as nextTurn } from 'node:timers/promises';
import { type RecentScore, recentScores } from '../../db/scores.ts';
import type { Db } from '../../db/store.ts';
import type { Instant } from '../clock.ts';
import { encodeMarks } from '../domain/rubric/marks.ts';
import {
  type Given,
  type RubricOf,
  type Standing,
  type Trend,
  standingAt,
  standingOf,
  trendOf,
} from '../domain/rubric/standing.ts';
import { rubricLookup } from '../rubrics/held.ts';

export interface SeatStanding {
  readonly now: Standing;
  /** Before the newest score that counts, or at `since` where that was asked for. */
  readonly before: Standing | undefined;
  readonly trend: Trend | undefined;
}

/** As many of a seat's scores are looked at: several reviewers, now and before. */
export const MOST_SCORES = 20;
/** Seats worked through before others get a turn of the event loop. */
const TURN = 500;

/** Scores from before rubrics could be changed hold no letters: their colours stand by dimension. */
export function givenOf(score: Omit<RecentScore, 'seat'>, rubricOf: RubricOf): Given {
  const colours =
    score.colours ??
    encodeMarks((rubricOf(score.rubric)?.dimensions ?? []).map((d) => score.marks?.[d.key] ?? 'none'));
  return { ...score, colours };
}

/**
 * How ready these seats are, in two queries whatever their number; seats that were never scored are absent. The trend
 * is against the standing at `since`, or without it against the one before the newest scores.
 */
export async function loadStandings(
  db: Db,
  org: string,
  seats: readonly string[],
  since?: Instant,
): Promise<Map<string, SeatStanding>> {
  const [rows, rubricOf] = await Promise.all([
    recentScores(db, org, seats, MOST_SCORES),
    rubricLookup(db, org),
  ]);
  const standings = new Map<string, SeatStanding>();
  for (const [seat, scores] of Map.groupBy(rows, (row) => row.seat)) {
    const given = scores.map((score) => givenOf(score, rubricOf));
    const now = standingOf(given, rubricOf);
    if (now === undefined) continue;
    const before = earlier(given, now, rubricOf, since);
    standings.set(seat, { now, before, trend: trendOf(before, now) });
    if (standings.size % TURN === 0) await nextTurn();
  }
  return standings;
}

function earlier(given: readonly Given[], now: Standing, rubricOf: RubricOf, since: Instant | undefined) {
  if (since !== undefined) return standingAt(given, rubricOf, since);
  return standingAt(given, rubricOf, now.at - 1);
}
