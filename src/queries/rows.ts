import { metricsByIds } from '../../db/metrics.ts';
import { orgById } from '../../db/orgs.ts';
import { type Seat, seatsByIds } from '../../db/seats.ts';
import type { Db } from '../../db/store.ts';
import type { Instant } from '../clock.ts';
import type { Period } from '../domain/period.ts';
import { type MetricRow, loadScorecards } from './scorecard.ts';

export interface Rows {
  readonly weeks: readonly Period[];
  readonly rows: readonly { readonly seat: Seat; readonly row: MetricRow }[];
}

/** The last thirteen weeks of some numbers, in the order of their ids; those that are gone or paused are left out. */
export async function loadRows(db: Db, org: string, metrics: readonly string[], at: Instant): Promise<Rows> {
  const { zone } = (await orgById(db, org))!;
  const found = await metricsByIds(db, org, metrics);
  const seats = await seatsByIds(
    db,
    org,
    found.map((metric) => metric.seat),
  );
  const { weeks, cards } = await loadScorecards(db, org, zone, [...seats.values()], at);
  const all = new Map(
    cards.flatMap(({ seat, rows }) => rows.map((row) => [row.metric.id, { seat, row }] as const)),
  );
  return { weeks, rows: metrics.flatMap((id) => all.get(id) ?? []) };
}
