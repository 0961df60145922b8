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

/** Labels over the columns, as many as there is room for, counted back from the newest, which is bold. */
export function columnLabels(grid: Grid, labels: readonly string[], middle: number): Markup {
  const widest = Math.max(...labels.map((label) => widthOf(printable(label), SIZE, 'bold')), 1);
  const every = Math.min(Math.max(1, Math.ceil((widest + 8) / grid.step)), grid.columns);
  const max = every * grid.step - 6;
  return group(
    ...labels.map((label, column) => {
      const back = grid.columns - 1 - column;
      if (back % every !== 0 || column * grid.step < max / 2 - grid.step) return undefined;
      return words(label, columnCentre(grid, column), middle, {
        size: SIZE,
        weight: back === 0 ? 'bold' : 'regular',
        fill: back === 0 ? INK.text : INK.quiet,
        anchor: 'middle',
        max,
      });
    }),
  );
}
