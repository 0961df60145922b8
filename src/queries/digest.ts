import { orgById } from '../../db/orgs.ts';
import { type Score, latestScores } from '../../db/scores.ts';
import { type Seat, listSeats } from '../../db/seats.ts';
import type { Db } from '../../db/store.ts';
import type { Instant } from '../clock.ts';
import type { StatusWord } from '../domain/metric.ts';
import type { Period } from '../domain/period.ts';
import { change } from '../domain/scorecard.ts';
import { type IssueLine, loadIssueLines } from './issue.ts';
import { type MetricRow, type Scorecard, loadScorecards } from './scorecard.ts';

export interface DigestRow {
  readonly seat: Seat;
  readonly row: MetricRow;
  readonly status: StatusWord;
  /** Status of the week before, when it was another. */
  readonly was: StatusWord | undefined;
}

export interface DigestView {
  readonly zone: string;
  readonly at: Instant;
  readonly week: Period;
  readonly weeks: readonly Period[];
  readonly seats: number;
  readonly counts: Readonly<Record<StatusWord, number>>;
  /** Worst first: red, missing, yellow, green. */
  readonly rows: readonly DigestRow[];
  readonly cards: readonly Scorecard[];
  readonly issues: readonly IssueLine[];
  readonly scored: readonly { readonly seat: Seat; readonly score: Score }[];
  readonly neverScored: readonly Seat[];
}

const ORDER: readonly StatusWord[] = ['red', 'missing', 'yellow', 'green'];

/** What a channel's digest says: everything about the seats that report there. The number of queries is fixed. */
export async function loadDigest(db: Db, org: string, channel: string, at: Instant): Promise<DigestView> {
  const zone = (await orgById(db, org))!.zone;
  const seats = await listSeats(db, org, { channel });
  const ids = seats.map((s) => s.id);
  const [{ weeks, cards }, issues, scores] = await Promise.all([
    loadScorecards(db, org, zone, seats, at),
    loadIssueLines(db, org, { seats: ids, limit: 10_000 }),
    latestScores(db, org, ids),
  ]);
  const rows = cards.flatMap((card) => card.rows.flatMap((row) => rowOf(card.seat, row)));
  const counts = Object.fromEntries(
    ORDER.map((s) => [s, rows.filter((r) => r.status === s).length]),
  ) as Record<StatusWord, number>;
  return {
    zone,
    at,
    week: weeks.at(-1)!,
    weeks,
    seats: seats.length,
    counts,
    rows: rows.toSorted((a, b) => ORDER.indexOf(a.status) - ORDER.indexOf(b.status)),
    cards,
    issues,
    scored: seats.flatMap((seat) => {
      const score = scores.get(seat.id);
      return score === undefined ? [] : [{ seat, score }];
    }),
    neverScored: seats.filter((seat) => !scores.has(seat.id)),
  };
}

function rowOf(seat: Seat, row: MetricRow): DigestRow[] {
  const changed = change(row.cells);
  return changed === undefined ? [] : [{ seat, row, ...changed }];
}
