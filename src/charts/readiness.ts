import { rule, words } from './draw.ts';
import { FOOTER, MARGIN, RIGHT, frame, headerHeight } from './frame.ts';
import { type Grid, columnCentre, columnLabels, nowStripe } from './grid.ts';
import { type HeatRow, heatHeight, heatTable } from './heat.ts';
import { mark } from './mark.ts';
import { INK, PAINT } from './palette.ts';
import { percentChart } from './percent.ts';
import { type Markup, group } from './svg.ts';
import { largest } from './words.ts';

type ReadinessColour = 'red' | 'yellow' | 'green';

export interface ReadinessPoint {
  /** When, e.g. `12 Oct`. */
  readonly label: string;
  /** One per dimension, in their order. */
  readonly colours: readonly (ReadinessColour | 'none')[];
  /** 0 to 100. */
  readonly percent: number;
}

export interface ReadinessPicture {
  readonly title: string;
  readonly subtitle?: string;
  readonly dimensions: readonly string[];
  /** Oldest first. */
  readonly points: readonly ReadinessPoint[];
  /** The criteria of a full score as they stand now. */
  readonly heat?: readonly HeatRow[];
}

const MOST_POINTS = 13;
const MOST_DIMENSIONS = 10;
const LABELS = 30;
const ROW = 58;
const CHART = 128;
const GRID_LEFT = 330;
const GRID_RIGHT = 838;
const NAME_WIDTH = GRID_LEFT - MARGIN - 20;
const VALUE_WIDTH = 130;

function gridFor(columns: number): Grid {
  const step = Math.min(72, (GRID_RIGHT - GRID_LEFT) / Math.max(1, columns));
  return { x: GRID_RIGHT - step * columns, step, columns };
}

/** Those that a picture shows, and its words tell. */
export const drawnPoints = (points: readonly ReadinessPoint[]): readonly ReadinessPoint[] =>
  points.slice(-MOST_POINTS);

export const DOES_NOT_APPLY = 'does not apply';

/** Where a dimension stands, in a word; `last` is the newest point. */
export const markWord = (last: ReadinessPoint | undefined, dimension: number): string => {
  if (last === undefined) return 'not scored';
  const now = last.colours[dimension] ?? 'none';
  return now === 'none' ? DOES_NOT_APPLY : now;
};

/** The label of the point since which the colour of a dimension has not changed. */
export function unchangedSince(points: readonly ReadinessPoint[], dimension: number): string | undefined {
  const now = points.at(-1)?.colours[dimension];
  if (now === undefined) return undefined;
  const other = points.findLastIndex((point) => point.colours[dimension] !== now);
  return other + 1 < points.length - 1 ? points[other + 1]?.label : undefined;
}

function dimensionRow(
  name: string,
  index: number,
  middle: number,
  points: readonly ReadinessPoint[],
  grid: Grid,
): Markup {
  const now = points.at(-1)?.colours[index] ?? 'none';
  const since = unchangedSince(points, index);
  const said = markWord(points.at(-1), index);
  const word = { weight: 'bold', fill: PAINT[now].strong, anchor: 'end', max: VALUE_WIDTH } as const;
  return group(
    words(name, MARGIN, middle, {
      size: largest(name, NAME_WIDTH, [20, 19, 18, 17], 'bold'),
      weight: 'bold',
      max: NAME_WIDTH,
    }),
    ...points.map(({ colours }, i) => mark(colours[index] ?? 'none', columnCentre(grid, i), middle, 13)),
    words(said, RIGHT, since === undefined ? middle : middle - 10, {
      size: largest(said, VALUE_WIDTH, [21, 19, 17, 15], 'bold'),
      ...word,
    }),
    words(since === undefined ? '' : `since ${since}`, RIGHT, middle + 13, {
      size: 15,
      fill: INK.quiet,
      anchor: 'end',
      max: VALUE_WIDTH,
    }),
  );
}

/**
 * Readiness as an SVG 1024 pixels wide: each dimension's colour at each of the last thirteen scores, newest
 * last, over the percentage as a line, over what the criteria stand at now.
 */
export function readinessSvg(data: ReadinessPicture): string {
  const points = drawnPoints(data.points);
  const dimensions = data.dimensions.slice(0, MOST_DIMENSIONS);
  const grid = gridFor(points.length);
  const top = headerHeight(data.subtitle) + LABELS;
  const chartTop = top + dimensions.length * ROW;
  const heat = (data.heat ?? []).slice(0, MOST_DIMENSIONS);
  const heatTop = chartTop + CHART;
  const bottom = heatTop + heatHeight(heat);
  const hidden = data.dimensions.length - dimensions.length;
  const labels = points.map((point) => point.label);
  const dots = [...points.flatMap(({ colours }) => colours), ...heat.flatMap(({ marks }) => marks)];
  const footnotes = [
    ...(dots.includes('none') ? [`a dot: ${DOES_NOT_APPLY}`] : []),
    ...(hidden === 0 ? [] : [`${hidden} more dimensions`]),
  ];
  return frame(
    {
      title: data.title,
      subtitle: data.subtitle,
      height: bottom + FOOTER,
      legend: ['green', 'yellow', 'red'],
      footnote: footnotes.join(' · '),
    },
    points.length === 0 ? undefined : nowStripe(grid, top - LABELS + 2, heatTop - 2),
    points.length === 0 ? undefined : columnLabels(grid, labels, top - LABELS / 2 - 1),
    ...dimensions.flatMap((name, i) => [
      rule(MARGIN, RIGHT, top + i * ROW, i === 0 ? INK.edge : INK.rule),
      dimensionRow(name, i, top + (i + 0.5) * ROW, points, grid),
    ]),
    rule(MARGIN, RIGHT, chartTop),
    percentChart(points, grid, { y: chartTop, height: CHART, width: VALUE_WIDTH }),
    ...(heat.length === 0 ? [] : [rule(MARGIN, RIGHT, heatTop, INK.edge), heatTable(heat, heatTop)]),
    rule(MARGIN, RIGHT, bottom, INK.edge),
  );
}
