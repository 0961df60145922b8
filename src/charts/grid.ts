import { words } from './draw.ts';
import { widthOf } from './font.ts';
import { INK } from './palette.ts';
import { type Markup, el, group } from './svg.ts';
import { printable } from './words.ts';

export interface Grid {
  /** Left edge of the first column. */
  readonly x: number;
  readonly step: number;
  readonly columns: number;
}

export const columnCentre = (grid: Grid, column: number): number => grid.x + grid.step * (column + 0.5);

/** A pale stripe behind the newest column. */
export function nowStripe(grid: Grid, top: number, bottom: number): Markup {
  const width = grid.step + 6;
  const x = columnCentre(grid, grid.columns - 1) - width / 2;
  return el('rect', { x, y: top, width, height: bottom - top, rx: 8, fill: INK.now });
}

const SIZE = 14;
/** Pixels of the longest label; more would reach into the margin beside the last column. */
const LONGEST_LABEL = 110;

/** Labels over the columns, as many as there is room for, counted back from the newest, which is bold. */
export function columnLabels(grid: Grid, labels: readonly string[], middle: number): Markup {
  const widest = Math.max(0, ...labels.map((label) => widthOf(printable(label), SIZE, 'bold')));
  const every = Math.max(1, Math.ceil((Math.min(widest, LONGEST_LABEL) + 8) / grid.step));
  return group(
    ...labels.map((label, column) => {
      const back = grid.columns - 1 - column;
      if (back % every !== 0) return undefined;
      const newest = back === 0;
      return words(label, columnCentre(grid, column), middle, {
        size: SIZE,
        weight: newest ? 'bold' : 'regular',
        fill: newest ? INK.text : INK.quiet,
        anchor: 'middle',
        max: LONGEST_LABEL,
      });
    }),
  );
}
