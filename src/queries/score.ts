import { peopleByIds } from '../../db/people.ts';
import { orgById } from '../../db/orgs.ts';
import { type Score, type ScoreRequest, openScoreRequests, scoreHistory } from '../../db/scores.ts';
import type { Seat } from '../../db/seats.ts';
import type { Db } from '../../db/store.ts';
import type { Instant } from '../clock.ts';
import type { Given, RubricOf } from '../domain/rubric/standing.ts';
import { type HeldRubric, heldRubric, rubricLookup } from '../rubrics/held.ts';
import { type SeatStanding, givenOf, loadStandings } from './standing.ts';

/** The scores of a history; more than a quarter of weekly scores. */
const MOST_SCORES = 40;

export interface ScoreView {
  readonly seat: Seat;
  readonly zone: string;
  /** By which the seat would be scored now. */
  readonly held: HeldRubric;
  readonly rubricOf: RubricOf;
  /** Undefined when it was never scored. */
  readonly standing: SeatStanding | undefined;
  /** Newest first, as they count for standings. */
  readonly given: readonly Given[];
  /** Newest first. */
  readonly scores: readonly { readonly score: Score; readonly reviewer: string }[];
  /** Asked for and not there yet, the first due first. */
  readonly requests: readonly { readonly request: ScoreRequest; readonly reviewer: string }[];
  readonly nameOf: (person: string) => string;
}

/** Everything about the readiness of one seat. */
export async function loadScores(db: Db, org: string, seat: Seat): Promise<ScoreView> {
  const [found, held, rubricOf, standings, scores, requests] = await Promise.all([
    orgById(db, org),
    heldRubric(db, org),
    rubricLookup(db, org),
    loadStandings(db, org, [seat.id]),
    scoreHistory(db, org, seat.id, MOST_SCORES),
    openScoreRequests(db, org, [seat.id]),
  ]);
  const people = await peopleByIds(db, org, [
    ...scores.map(({ score }) => score.reviewer),
    ...requests.map((request) => request.reviewer),
  ]);
  const nameOf = (person: string) => people.get(person)?.name ?? 'somebody';
  return {
    seat,
    zone: found!.zone,
    held,
    rubricOf,
    standing: standings.get(seat.id),
    given: scores.map(({ score }) => givenOf(score, rubricOf)),
    scores,
    requests: requests.map((request) => ({ request, reviewer: nameOf(request.reviewer) })),
    nameOf,
  };
}

export interface RequestView {
  readonly request: ScoreRequest;
  readonly seat: Seat;
  readonly zone: string;
  readonly askedBy: string;
  readonly overdue: boolean;
}

/** What somebody is asked for: the request with its seat. */
export async function viewOfRequest(
  db: Db,
  org: string,
  request: ScoreRequest,
  seat: Seat,
  now: Instant,
): Promise<RequestView> {
  const [found, people] = await Promise.all([orgById(db, org), peopleByIds(db, org, [request.by])]);
  return {
    request,
    seat,
    zone: found!.zone,
    askedBy: people.get(request.by)?.name ?? 'somebody',
    overdue: request.dueAt <= now,
  };
}
