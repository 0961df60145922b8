import { orgById } from '../../db/orgs.ts';
import { type Score, scoreHistory } from '../../db/scores.ts';
import type { Seat } from '../../db/seats.ts';
import type { Db } from '../../db/store.ts';

export interface ScoreHistory {
  readonly seat: Seat;
  readonly zone: string;
  /** Newest first. */
  readonly scores: readonly { readonly score: Score; readonly reviewer: string }[];
}

export async function loadScores(db: Db, org: string, seat: Seat): Promise<ScoreHistory> {
  const [found, scores] = await Promise.all([orgById(db, org), scoreHistory(db, org, seat.id, 13)]);
  return { seat, zone: found!.zone, scores };
}
