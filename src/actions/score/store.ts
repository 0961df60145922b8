import { and, eq } from 'drizzle-orm';
import { dropDraft } from '../../../db/drafts.ts';
import type { Seat } from '../../../db/seats.ts';
import type { Db } from '../../../db/store.ts';
import type { Tables } from '../../../db/tables.ts';
import type { HeldRubric } from '../../rubrics/held.ts';
import { conflict } from '../../errors.ts';
import { newId } from '../../ids.ts';
import { keepRubric } from '../rubric/keep.ts';

export const draftAbout = (seat: string): string => `score.full:${seat}`;

/** Message subject of a request for a score. */
export const requestSubject = (request: string): string => `score-request:${request}`;

export function assertScorable(seat: Seat): void {
  if (seat.stage === 'retired') throw conflict(`Seat “${seat.key}” is retired and is not scored any more.`);
}

type NewScore = Omit<Tables['scores']['$inferInsert'], 'org' | 'id' | 'seat' | 'rubric'>;

/** What was stored, and the subjects whose messages change by it. */
export interface StoredScore {
  readonly id: string;
  readonly changed: readonly string[];
  /** Issues that were opened because this score did not come in time. */
  readonly overdue: readonly string[];
}

/** Stores a score; it answers what the reviewer was asked for, and their draft has served. */
export async function storeScore(
  tx: Db,
  org: string,
  held: HeldRubric,
  seat: Seat,
  score: NewScore,
): Promise<StoredScore> {
  const id = newId();
  await keepRubric(tx, org, held, score.at);
  await tx.insert(tx.t.scores).values({ ...score, org, id, seat: seat.id, rubric: held.name });
  await dropDraft(tx, org, score.reviewer, draftAbout(seat.id));
  const { scoreRequests } = tx.t;
  const answered = await tx
    .update(scoreRequests)
    .set({ state: 'scored', endedAt: score.at, score: id, openFor: null })
    .where(
      and(
        eq(scoreRequests.org, org),
        eq(scoreRequests.seat, seat.id),
        eq(scoreRequests.reviewer, score.reviewer),
        eq(scoreRequests.state, 'open'),
      ),
    )
    .returning({ id: scoreRequests.id, issue: scoreRequests.issue });
  return {
    id,
    changed: [`seat:${seat.id}`, ...answered.map((request) => requestSubject(request.id))],
    overdue: answered.flatMap((request) => request.issue ?? []),
  };
}
