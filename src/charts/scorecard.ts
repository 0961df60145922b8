import { rule, words } from './draw.ts';
import { FOOTER, MARGIN, RIGHT, frame } from './frame.ts';
import { columnLabels, nowStripe } from './grid.ts';
import { STATUSES } from '../ui/text.ts';
import { INK } from './palette.ts';
import { type ScorecardPicture, cellsOf, lastWeeks } from './scorecard-data.ts';
import { type Block, type Plan, COLUMN_LABELS, plan } from './plan.ts';
import { GRID, scorecardRow } from './row.ts';
import type { Child } from './svg.ts';

function block(
  { seat, rows }: Block,
  top: number,
  { rowHeight, seatHeight }: Plan,
  weeks: readonly string[],
): Child[] {
  const first = top + (seat === undefined ? 0 : seatHeight);
  return [
    seat === undefined
      ? undefined
      : words(seat, MARGIN, first - 14, {
          size: 17,
          weight: 'bold',
          fill: INK.quiet,
          max: GRID.x - MARGIN - 20,
        }),
    ...rows.flatMap((row, i) => [
      rule(MARGIN, RIGHT, first + i * rowHeight, i === 0 ? INK.edge : INK.rule),
      scorecardRow(row, {
        top: first + i * rowHeight,
        height: rowHeight,
        weeks,
        underSeat: seat !== undefined,
      }),
    ]),
  ];
}

function blocks(plan: Plan, weeks: readonly string[]): Child[] {
  let top = plan.top;
  return plan.blocks.flatMap((each) => {
    const drawn = block(each, top, plan, weeks);
    top += (each.seat === undefined ? 0 : plan.seatHeight) + each.rows.length * plan.rowHeight;
    return drawn;
  });
}

const moreRows = (more: number): string => {
  if (more === 0) return '';
  return more === 1 ? '1 more row' : `${more.toLocaleString('en')} more rows`;
};

/**
 * The scorecard as an SVG 1024 pixels wide and at most 1024 high: thirteen weeks, newest last, up to 25 rows
 * (fewer when they do not fit); the rest is counted in the last line.
 */
export function scorecardSvg(data: ScorecardPicture): string {
  const layout = plan(data);
  const weeks = lastWeeks(data.weeks, '');
  const labels = layout.top - COLUMN_LABELS / 2 - 1;
  const { title, subtitle } = data;
  const empty = data.rows.length === 0;
  const notDue = data.rows.some((row) => cellsOf(row).some(({ status }) => status === 'none'));
  return frame(
    {
      title,
      subtitle,
      height: layout.bottom + FOOTER,
      legend: notDue ? [...STATUSES, 'none'] : STATUSES,
      footnote: moreRows(layout.more),
    },
    nowStripe(GRID, layout.top - COLUMN_LABELS + 2, layout.bottom - 2),
    columnLabels(GRID, weeks, labels),
    empty
      ? words('No metrics yet', MARGIN, layout.top + layout.rowHeight / 2, {
          size: 20,
          fill: INK.quiet,
          max: 400,
        })
      : undefined,
    ...blocks(layout, weeks),
    rule(MARGIN, RIGHT, layout.bottom, INK.edge),
  );
}
