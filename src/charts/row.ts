import { MARGIN } from './frame.ts';
import { type Grid, columnCentre } from './grid.ts';
import { mark } from './mark.ts';
import { oneLineName, twoLineName } from './name.ts';
import { type ScorecardRow, WEEKS, cellsOf } from './scorecard-data.ts';
import { sparkline } from './sparkline.ts';
import { type Markup, group } from './svg.ts';
import { latestValue } from './value.ts';

export const GRID: Grid = { x: 514, step: 25, columns: WEEKS };
const GAP = 20;
const RADIUS = 10.5;
/** Rows at least this high say everything on two lines. */
const ROOMY = 52;

interface RowPlace {
  readonly top: number;
  readonly height: number;
  readonly weeks: readonly string[];
  /** The seat stands above the row and need not be said in it. */
  readonly underSeat: boolean;
}

/** One metric: name, sparkline, thirteen cells, latest value. */
export function scorecardRow(row: ScorecardRow, place: RowPlace): Markup {
  const { top, height } = place;
  const middle = top + height / 2;
  const roomy = height >= ROOMY;
  const inset = roomy ? 9 : 3;
  const nameWidth = roomy ? 286 : 318;
  const spark = { x: MARGIN + nameWidth + GAP, y: top + inset, height: height - 2 * inset };
  const seat = place.underSeat ? undefined : row.seat;
  const name = roomy ? twoLineName : oneLineName;
  return group(
    name(row, seat, middle, nameWidth),
    sparkline(row, { ...spark, width: GRID.x - GAP - spark.x }),
    ...cellsOf(row).map(({ status }, week) => mark(status, columnCentre(GRID, week), middle, RADIUS)),
    latestValue(row, place.weeks, middle, roomy),
  );
}
