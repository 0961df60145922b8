import { words } from './draw.ts';
import { INK } from './palette.ts';
import { shortNumber } from './number.ts';
import { finite, scale } from './scale.ts';
import { type Markup, el, group } from './svg.ts';
import type { BehaviourPicture } from './behaviour-data.ts';

/** The plot's rectangle, and where a point and a value lie in it. */
export interface Plot {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  /** Where the values end; below it, down to `foot`, is a strip for gaps and the baseline's span. */
  readonly bottom: number;
  readonly foot: number;
  readonly x: (point: number) => number;
  readonly y: (value: number) => number;
  readonly low: number;
  readonly high: number;
}

type Box = Pick<Plot, 'left' | 'right' | 'top' | 'bottom' | 'foot'>;

/** A span that holds readings, limits and targets with some air around. */
function span(data: BehaviourPicture): readonly [number, number] {
  const { baseline, points } = data;
  const known = [
    ...points.flatMap(({ value, band }) => [value, band?.low, band?.high]),
    baseline?.lower,
    baseline?.upper,
  ].filter(finite);
  if (known.length === 0) return [0, 1];
  const [low, high] = [Math.min(...known), Math.max(...known)];
  const air = high > low ? (high - low) * 0.06 : Math.max(1, Math.abs(high) * 0.1);
  return [Math.max(-Number.MAX_VALUE, low - air), Math.min(Number.MAX_VALUE, high + air)];
}

export function plotOf(data: BehaviourPicture, box: Box): Plot {
  const [low, high] = span(data);
  const room = 14;
  return {
    ...box,
    low,
    high,
    x: scale(0, Math.max(1, data.points.length - 1), box.left + room, box.right - room),
    y: scale(low, high, box.bottom, box.top),
  };
}

/** About five round values between the ends. */
function ticks(low: number, high: number): number[] {
  const rough = (high - low) / 5;
  if (!(rough > 0) || !Number.isFinite(rough)) return [];
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map((factor) => factor * power).find((size) => size >= rough) ?? rough;
  const first = Math.ceil(low / step);
  return Array.from({ length: 8 }, (_, i) => (first + i) * step).filter(
    (value) => value <= high && Number.isFinite(value),
  );
}

/** Round values at the left, and every so many periods below. */
export function axes(plot: Plot, labels: readonly string[]): Markup {
  const every = Math.max(1, Math.ceil((labels.length * 46) / (plot.right - plot.left)));
  return group(
    ...ticks(plot.low, plot.high).map((value) =>
      group(
        el('path', { d: `M${plot.left} ${plot.y(value)}H${plot.right}`, stroke: INK.rule }),
        words(shortNumber(value) ?? '', plot.left - 10, plot.y(value), {
          size: 14,
          fill: INK.quiet,
          anchor: 'end',
          max: plot.left - 40,
        }),
      ),
    ),
    ...labels.map((label, i) =>
      (labels.length - 1 - i) % every === 0
        ? words(label, plot.x(i), plot.foot + 16, { size: 13, fill: INK.quiet, anchor: 'middle', max: 80 })
        : undefined,
    ),
    el('path', { d: `M${plot.left} ${plot.foot}H${plot.right}`, stroke: INK.edge }),
  );
}
