import { words } from './draw.ts';
import { FONT_FAMILY } from './font.ts';
import { mark } from './mark.ts';
import { type CellStatus, INK, LETTER } from './palette.ts';
import { type Child, type Markup, document, el, group } from './svg.ts';

/** Teams shows pictures of at most 1024 × 1024 pixels and 1 MB (cards reference); Slack takes more. */
export const LARGEST_SIDE = 1024;
export const MARGIN = 36;
export const RIGHT = LARGEST_SIDE - MARGIN;
export const FOOTER = 58;

/** Pixels from the top to where the content begins. */
export const headerHeight = (subtitle: string | undefined): number => (subtitle ? 112 : 84);

interface Frame {
  readonly title: string;
  readonly subtitle: string | undefined;
  readonly height: number;
  readonly legend: readonly CellStatus[];
  /** Said at the right of the legend. */
  readonly footnote: string;
}

const LEGEND: Readonly<Record<CellStatus, string>> = {
  green: 'green',
  yellow: 'yellow',
  red: 'red',
  missing: 'missing',
  none: 'nothing due',
};

const LEGEND_STEP: Readonly<Record<CellStatus, number>> = {
  green: 92,
  yellow: 98,
  red: 76,
  missing: 108,
  none: 0,
};

function legend(statuses: readonly CellStatus[], middle: number): Markup {
  let x = MARGIN;
  return group(
    ...statuses.map((status) => {
      const at = x;
      x += LEGEND_STEP[status];
      return group(
        mark(status, at + 9, middle, LETTER[status] === '' ? 8 : 9),
        words(LEGEND[status], at + 26, middle, { size: 15, fill: INK.quiet, max: 100 }),
      );
    }),
  );
}

/** A rounded white card on a transparent ground, which reads on light and on dark themes. */
export function frame(look: Frame, ...content: readonly Child[]): string {
  const { title, subtitle, height } = look;
  const across = RIGHT - MARGIN;
  const foot = height - FOOTER / 2 - 3;
  return document(
    LARGEST_SIDE,
    height,
    el(
      'g',
      { 'font-family': FONT_FAMILY },
      el('rect', {
        x: 1,
        y: 1,
        width: LARGEST_SIDE - 2,
        height: height - 2,
        rx: 22,
        fill: INK.paper,
        stroke: INK.edge,
        'stroke-width': 2,
      }),
      words(title, MARGIN, 50, { size: 32, weight: 'bold', fill: INK.title, max: across }),
      words(subtitle ?? '', MARGIN, 86, { size: 19, fill: INK.quiet, max: across }),
      ...content,
      legend(look.legend, foot),
      words(look.footnote, RIGHT, foot, {
        size: 15,
        weight: 'bold',
        fill: INK.quiet,
        anchor: 'end',
        max: 440,
      }),
    ),
  );
}
