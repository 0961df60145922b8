import { setImmediate as nextTurn } from 'node:timers/promises';
import { recentScores } from '../../db/scores.ts';
import type { Db } from '../../db/store.ts';
import { median } from '../domain/funnel.ts';
import { figuresOf } from '../domain/rubric/standing.ts';
import { rubricLookup } from '../rubrics/held.ts';
import { givenOf, MOST_SCORES } from './standing.ts';

/** Readiness of many seats on one page. */
export interface Readiness<S> {
  readonly scored: number;
  readonly neverScored: number;
  /** In percent; of an even number the lower middle, undefined without any score. */
  readonly median: number | undefined;
  /** The least ready first. */
  readonly lowest: readonly { readonly seat: S; readonly percent: number; readonly letters: string }[];
}

const LOWEST = 5;
/** Scores are read in so many parts, whatever the number of seats, so that none of them holds the event loop. */
const PARTS = 16;

/** How ready these seats are together. The number of queries is fixed. */
export async function loadReadiness<S extends { readonly id: string }>(
  db: Db,
  org: string,
  seats: readonly S[],
): Promise<Readiness<S>> {
  const rubricOf = await rubricLookup(db, org);
  const begin = (part: number) => Math.floor((part * seats.length) / PARTS);
  const scored: Readiness<S>['lowest'][number][] = [];
  for (let part = 0; part < PARTS; part += 1) {
    const some = new Map(seats.slice(begin(part), begin(part + 1)).map((seat) => [seat.id, seat]));
    const rows = await recentScores(db, org, [...some.keys()], MOST_SCORES);
    await nextTurn();
    for (const [id, scores] of Map.groupBy(rows, (row) => row.seat)) {
      const now = figuresOf(
        scores.map((score) => givenOf(score, rubricOf)),
        rubricOf,
      );
      if (now !== undefined) scored.push({ seat: some.get(id)!, percent: now.percent, letters: now.letters });
    }
    await nextTurn();
  }
  return {
    scored: scored.length,
    neverScored: seats.length - scored.length,
    median: median(scored.map((one) => one.percent)),
    lowest: scored.toSorted((a, b) => a.percent - b.percent).slice(0, LOWEST),
  };
}
