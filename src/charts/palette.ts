import type { StatusWord } from '../ui/text.ts';

/** A cell of the scorecard; `none` is a week in which no number was due. */
export type CellStatus = StatusWord | 'none';

interface Paint {
  readonly fill: string;
  readonly stroke: string;
  /** Colour of the letter on `fill`, at least 4.5 : 1 (WCAG 2.2, 1.4.3). */
  readonly ink: string;
  /** The status as a word on white, also at least 4.5 : 1. */
  readonly strong: string;
  /** Its point in a sparkline, at least 3 : 1 on white (WCAG 2.2, 1.4.11). */
  readonly point: string;
}

/**
 * Green leans to blue and red to orange, so that they differ for colour-blind readers; what is well is pale
 * and what is not is loud.
 */
export const PAINT: Readonly<Record<CellStatus, Paint>> = {
  green: { fill: '#cfeadf', stroke: '#9fd3bf', ink: '#0b5a43', strong: '#0e7a5b', point: '#0e7a5b' },
  yellow: { fill: '#ffd873', stroke: '#e5b02e', ink: '#553d00', strong: '#8a6100', point: '#b57a00' },
  red: { fill: '#c4321f', stroke: '#a52614', ink: '#ffffff', strong: '#bb2d1a', point: '#c4321f' },
  missing: { fill: '#ffffff', stroke: '#8b95a3', ink: '#56606e', strong: '#56606e', point: '#56606e' },
  none: { fill: '#ffffff', stroke: '#ffffff', ink: '#667080', strong: '#667080', point: '#667080' },
};

export const LETTER: Readonly<Record<CellStatus, string>> = {
  green: 'G',
  yellow: 'Y',
  red: 'R',
  missing: '–',
  none: '',
};

export const INK = {
  paper: '#ffffff',
  edge: '#d5dbe3',
  rule: '#e9edf2',
  now: '#f1f4f8',
  title: '#141b26',
  text: '#222b38',
  quiet: '#5b6675',
  line: '#6b7a90',
  band: '#e4f3ec',
  bandEdge: '#a9d6c4',
} as const;
