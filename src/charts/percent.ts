import { words } from './draw.ts';
import { MARGIN, RIGHT } from './frame.ts';
import { type Grid, columnCentre } from './grid.ts';
import { INK } from './palette.ts';
import { scale } from './scale.ts';
import { type Markup, el, group } from './svg.ts';

interface Place {
  readonly y: number;
  readonly height: number;
  /** Pixels for the figure at the right. */
  readonly width: number;
}

const SIZE = 14;
const INSET = 22;

const shown = (percent: number): string => (Number.isFinite(percent) ? `${Math.round(percent)}` : '–');

function guide(percent: number, left: number, right: number, y: number): Markup {
  return group(
    el('path', {
      d: `M${left} ${y}H${right}`,
      stroke: INK.edge,
      'stroke-dasharray': percent === 0 ? undefined : '2 5',
    }),
    words(`${percent}`, left - 8, y, { size: SIZE, fill: INK.quiet, anchor: 'end', max: 40 }),
  );
}

/** Readiness in percent over the columns of the grid, with the newest figure at the right. */
export function percentChart(
  points: readonly { readonly percent: number }[],
  grid: Grid,
  place: Place,
): Markup {
  const middle = place.y + place.height / 2;
  const y = scale(0, 100, place.y + place.height - INSET, place.y + INSET);
  const left = grid.x;
  const right = grid.x + grid.step * grid.columns;
  const drawn = points.flatMap(({ percent }, i) =>
    Number.isFinite(percent) ? [{ x: columnCentre(grid, i), y: y(percent) }] : [],
  );
  const path = drawn.map((p, i) => `${i === 0 ? 'M' : 'L'}${p.x.toFixed(2)} ${p.y.toFixed(2)}`).join('');
  const last = drawn.at(-1);
  const [first] = drawn;
  const newest = points.at(-1);
  return group(
    words('Readiness', MARGIN, middle - 12, { size: 20, weight: 'bold', max: 200 }),
    words('green 100, yellow 50, red 0', MARGIN, middle + 13, { size: 16, fill: INK.quiet, max: 240 }),
    ...(points.length === 0 ? [] : [0, 50, 100].map((percent) => guide(percent, left, right, y(percent)))),
    first === undefined || last === undefined
      ? undefined
      : el('path', {
          d: `${path}L${last.x} ${y(0)}L${first.x} ${y(0)}Z`,
          fill: '#3f6fb5',
          'fill-opacity': '0.1',
        }),
    path === ''
      ? undefined
      : el('path', {
          d: path,
          fill: 'none',
          stroke: '#3f6fb5',
          'stroke-width': 2.4,
          'stroke-linejoin': 'round',
        }),
    ...drawn.map((p) =>
      el('circle', {
        cx: p.x,
        cy: p.y,
        r: p === last ? 6 : 4,
        fill: '#3f6fb5',
        stroke: INK.paper,
        'stroke-width': p === last ? 2 : 1.4,
      }),
    ),
    words(newest === undefined ? '–' : shown(newest.percent), RIGHT - 22, middle, {
      size: 34,
      weight: 'bold',
      fill: INK.title,
      anchor: 'end',
      max: place.width - 22,
    }),
    words(newest !== undefined && Number.isFinite(newest.percent) ? '%' : '', RIGHT, middle + 6, {
      size: 18,
      fill: INK.quiet,
      anchor: 'end',
      max: 20,
    }),
  );
}
