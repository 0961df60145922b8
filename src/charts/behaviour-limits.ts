import { words } from './draw.ts';
import { RIGHT } from './frame.ts';
import { INK } from './palette.ts';
import { shortNumber } from './number.ts';
import { finite } from './scale.ts';
import { type Markup, el, group } from './svg.ts';
import type { BehaviourPicture, BehaviourPoint } from './behaviour-data.ts';
import type { Plot } from './behaviour-axes.ts';

/** Limits and centre; 5.1 : 1 on white. */
const BLUE = '#3f6fb5';
const LABEL = 15;

type Band = NonNullable<BehaviourPoint['band']>;

const sameBand = (a: Band | undefined, b: Band | undefined) => a?.low === b?.low && a?.high === b?.high;

/** What met the target, as it was over time. */
export function targetBand(points: readonly BehaviourPoint[], plot: Plot): Markup {
  const runs: { from: number; to: number; band: Band | undefined }[] = [];
  for (const [i, { band }] of points.entries()) {
    const last = runs.at(-1);
    if (last !== undefined && sameBand(last.band, band)) last.to = i;
    else runs.push({ from: i, to: i, band });
  }
  const half = points.length > 1 ? (plot.x(1) - plot.x(0)) / 2 : 14;
  return group(
    ...runs.map(({ from, to, band }) => {
      if (band === undefined || (!finite(band.low) && !finite(band.high))) return undefined;
      const left = from === 0 ? plot.left : plot.x(from) - half;
      const right = to === points.length - 1 ? plot.right : plot.x(to) + half;
      const top = finite(band.high) ? plot.y(band.high) : plot.top;
      const bottom = finite(band.low) ? plot.y(band.low) : plot.bottom;
      const edge = (y: number) =>
        el('path', { d: `M${left} ${y}H${right}`, stroke: INK.bandEdge, 'stroke-width': 1.4 });
      return group(
        el('rect', {
          x: left,
          y: top,
          width: right - left,
          height: Math.max(2, bottom - top),
          fill: INK.band,
        }),
        finite(band.high) ? edge(top) : undefined,
        finite(band.low) ? edge(bottom) : undefined,
      );
    }),
  );
}

/** The baseline's span at the bottom, the centre and both limits: dashed while they are provisional. */
export function limits({ baseline }: BehaviourPicture, plot: Plot): Markup | undefined {
  if (baseline === undefined) return undefined;
  const from = plot.x(Math.max(0, baseline.from));
  const dashes = baseline.state === 'provisional' ? '7 5' : undefined;
  const line = (value: number, width: number) =>
    el('path', {
      d: `M${from} ${plot.y(value)}H${plot.right}`,
      stroke: BLUE,
      'stroke-width': width,
      'stroke-dasharray': dashes,
    });
  return group(
    line(baseline.upper, 1.8),
    line(baseline.lower, 1.8),
    line(baseline.centre, 1),
    baseline.to < 0 ? undefined : bracket(from, plot.x(baseline.to), plot.foot - 10),
  );
}

function bracket(from: number, to: number, y: number): Markup {
  const [middle, room] = [(from + to) / 2, 66];
  const wide = to - from > room + 12;
  return group(
    el('path', {
      d: `M${from} ${y - 4}v8M${from} ${y}H${to}M${to} ${y - 4}v8`,
      stroke: BLUE,
      fill: 'none',
      'stroke-width': 1.6,
    }),
    wide
      ? el('rect', { x: middle - room / 2, y: y - 8, width: room, height: 16, fill: INK.paper })
      : undefined,
    words('baseline', wide ? middle : to + 8, y, {
      size: 13,
      fill: BLUE,
      anchor: wide ? 'middle' : 'start',
      max: room,
    }),
  );
}

/** Names at the right of what the lines are, moved apart where they would cover each other. */
export function lineNames(data: BehaviourPicture, plot: Plot): Markup {
  const band = data.points.at(-1)?.band;
  const { baseline } = data;
  const named = [
    ...(baseline === undefined
      ? []
      : [
          { value: baseline.upper, name: 'upper limit', fill: BLUE },
          { value: baseline.centre, name: 'centre', fill: BLUE },
          { value: baseline.lower, name: 'lower limit', fill: BLUE },
        ]),
    { value: band?.low, name: 'target', fill: '#0e7a5b' },
    { value: band?.high, name: 'target', fill: '#0e7a5b' },
  ].filter((one): one is { value: number; name: string; fill: string } => finite(one.value));
  let free = plot.top - LABEL / 2;
  const placed = named
    .map((one) => ({ ...one, y: plot.y(one.value) }))
    .toSorted((a, b) => a.y - b.y)
    .map((one) => {
      const y = Math.max(one.y, free);
      free = y + LABEL;
      return { ...one, y };
    });
  const over = Math.max(0, free - LABEL - plot.bottom);
  return group(
    ...placed.map(({ y, name, value, fill }) =>
      words(`${name} ${shortNumber(value) ?? ''}`, plot.right + 8, y - over, {
        size: 14,
        fill,
        max: RIGHT - plot.right - 8,
      }),
    ),
  );
}
