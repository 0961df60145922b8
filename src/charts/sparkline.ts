import { shape } from './mark.ts';
import { INK, PAINT } from './palette.ts';
import { type ScorecardRow, cellsOf } from './scorecard-data.ts';
import { finite, scale } from './scale.ts';
import { type Markup, el, group } from './svg.ts';

interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

const POINT = 3;
const LAST_POINT = 5;

interface Band {
  readonly low: number | undefined;
  readonly high: number | undefined;
}

function bandOf({ band }: ScorecardRow): Band {
  const low = finite(band?.low) ? band.low : undefined;
  const high = finite(band?.high) ? band.high : undefined;
  return low !== undefined && high !== undefined && low > high ? { low: high, high: low } : { low, high };
}

/** The target band; an open end reaches the edge of the box. */
function shade(band: Band, box: Box, y: (value: number) => number): Markup | undefined {
  if (band.low === undefined && band.high === undefined) return undefined;
  const top = band.high === undefined ? box.y : y(band.high);
  const bottom = band.low === undefined ? box.y + box.height : y(band.low);
  const edge = (at: number): Markup =>
    el('path', {
      d: `M${box.x} ${at}H${box.x + box.width}`,
      stroke: INK.bandEdge,
      'stroke-width': 1.2,
      'stroke-dasharray': '4 3',
    });
  return group(
    el('rect', {
      x: box.x,
      y: top,
      width: box.width,
      height: Math.max(2, bottom - top),
      rx: 3,
      fill: INK.band,
    }),
    band.high === undefined ? undefined : edge(top),
    band.low === undefined ? undefined : edge(bottom),
  );
}

/** The row's values over the weeks: a line that breaks where a number is missing, and a mark for each value. */
export function sparkline(row: ScorecardRow, box: Box): Markup {
  const cells = cellsOf(row);
  const band = bandOf(row);
  const known = [...cells.map((cell) => cell.value), band.low, band.high].filter(finite);
  if (!cells.some((cell) => finite(cell.value))) {
    const middle = box.y + box.height / 2;
    return el('path', {
      d: `M${box.x} ${middle}H${box.x + box.width}`,
      stroke: INK.edge,
      'stroke-dasharray': '1 5',
    });
  }
  const room = LAST_POINT + 2;
  const y = scale(Math.min(...known), Math.max(...known), box.y + box.height - room, box.y + room);
  const x = scale(0, cells.length - 1, box.x + room, box.x + box.width - room);

  const points = cells.flatMap(({ value, status }, week) =>
    finite(value) ? [{ x: x(week), y: y(value), week, status }] : [],
  );
  const gap = (from: number, to: number): boolean =>
    cells.slice(from + 1, to).some(({ status }) => status === 'missing');
  const path = points
    .map((point, i) => {
      const before = points[i - 1];
      const pen = before === undefined || gap(before.week, point.week) ? 'M' : 'L';
      return `${pen}${point.x.toFixed(2)} ${point.y.toFixed(2)}`;
    })
    .join('');
  return group(
    shade(band, box, y),
    el('path', { d: path, fill: 'none', stroke: INK.line, 'stroke-width': 1.8, 'stroke-linejoin': 'round' }),
    ...points.map((point, i) => {
      const last = i === points.length - 1;
      const { point: fill } = PAINT[point.status];
      const radius = last ? LAST_POINT : POINT;
      return shape(point.status === 'none' ? 'green' : point.status, point.x, point.y, radius, {
        fill,
        stroke: INK.paper,
        'stroke-width': last ? 2 : 1,
      });
    }),
  );
}
