import { rule, words } from './draw.ts';
import { MARGIN, RIGHT } from './frame.ts';
import { mark } from './mark.ts';
import { INK } from './palette.ts';
import { type Markup, group } from './svg.ts';
import { largest } from './words.ts';

export interface HeatRow {
  readonly name: string;
  /** One per criterion, in the order of the rubric; `none` does not apply. */
  readonly marks: readonly ('red' | 'yellow' | 'green' | 'none')[];
}

const HEAD = 40;
const ROW = 46;
const STEP = 50;
const MOST_COLUMNS = 12;
const FIRST = 330;

const columnsOf = (rows: readonly HeatRow[]): number =>
  Math.min(MOST_COLUMNS, Math.max(0, ...rows.map((row) => row.marks.length)));

/** In pixels; nothing without rows. */
export const heatHeight = (rows: readonly HeatRow[]): number =>
  rows.length === 0 ? 0 : HEAD + rows.length * ROW;

/** Every criterion as it stands now: a row a dimension, numbered columns. */
export function heatTable(rows: readonly HeatRow[], y: number): Markup {
  const columns = Array.from({ length: columnsOf(rows) }, (_, i) => i);
  const at = (column: number): number => FIRST + STEP * (column + 0.5);
  return group(
    words('Criteria now', MARGIN, y + HEAD / 2, { size: 17, fill: INK.quiet, max: FIRST - MARGIN }),
    ...columns.map((i) =>
      words(String(i + 1), at(i), y + HEAD / 2, { size: 16, fill: INK.quiet, anchor: 'middle', max: STEP }),
    ),
    ...rows.flatMap((row, r) => {
      const middle = y + HEAD + (r + 0.5) * ROW;
      const width = FIRST - MARGIN - 20;
      return [
        rule(MARGIN, RIGHT, y + HEAD + r * ROW),
        words(row.name, MARGIN, middle, {
          size: largest(row.name, width, [18, 17, 16], 'regular'),
          max: width,
        }),
        ...row.marks.slice(0, MOST_COLUMNS).map((colour, i) => mark(colour, at(i), middle, 12)),
      ];
    }),
  );
}
