import { words } from './draw.ts';
import { shape } from './mark.ts';
import { INK, PAINT } from './palette.ts';
import { finite } from './scale.ts';
import { type Attributes, type Markup, el, group } from './svg.ts';
import { type BehaviourMark, type BehaviourPicture, MOST_SIGNALS, letterOf } from './behaviour-data.ts';
import type { Plot } from './behaviour-axes.ts';

/** Signals; 8.6 : 1 on white, so white letters read on it. */
const SIGNAL = '#5b2a86';
const RADIUS = 9;

/** The shape of a signal: what chance seldom does is a triangle or a pentagon, the others are as in the scorecard. */
function signalShape(
  kind: BehaviourMark,
  direction: 'up' | 'down' | null,
  x: number,
  y: number,
  r: number,
  paint: Attributes,
): Markup {
  switch (kind) {
    case 'limits': {
      const s = direction === 'down' ? -1 : 1;
      return el('path', {
        d: `M${x} ${y - s * r * 1.25}L${x + r * 1.2} ${y + s * r * 0.85}L${x - r * 1.2} ${y + s * r * 0.85}Z`,
        ...paint,
      });
    }
    case 'shift': {
      const corners = Array.from({ length: 5 }, (_, i) => {
        const angle = (i * 2 * Math.PI) / 5 - Math.PI / 2;
        return `${(x + r * 1.15 * Math.cos(angle)).toFixed(2)} ${(y + r * 1.15 * Math.sin(angle)).toFixed(2)}`;
      });
      return el('path', { d: `M${corners.join('L')}Z`, ...paint });
    }
    case 'yellows':
      return shape('yellow', x, y, r, paint);
    case 'red':
    case 'missing':
    case 'silent':
      return shape('red', x, y, r, paint);
    default:
      return kind satisfies never;
  }
}

/** The mark of a signal with its letter, in the plot and in the list below. */
export const badge = (
  signal: BehaviourPicture['signals'][number],
  letter: string,
  x: number,
  y: number,
): Markup =>
  group(
    signalShape(signal.kind, signal.direction, x, y, RADIUS, {
      fill: SIGNAL,
      stroke: INK.paper,
      'stroke-width': 1.2,
    }),
    words(letter, x, y + (signal.kind === 'limits' && signal.direction !== 'down' ? 2 : 0), {
      size: 11,
      weight: 'bold',
      fill: INK.paper,
      anchor: 'middle',
      max: 2 * RADIUS,
    }),
  );

/** The number of a note in a circle. */
export const noteNumber = (number: number, x: number, y: number): Markup =>
  group(
    el('circle', { cx: x, cy: y, r: 8, fill: INK.paper, stroke: INK.line, 'stroke-width': 1.4 }),
    words(String(number), x, y, { size: 11, weight: 'bold', fill: INK.text, anchor: 'middle', max: 16 }),
  );

/** The readings as a line that breaks where one is missing, each with the shape of its status. */
export function readings({ points }: BehaviourPicture, plot: Plot): Markup {
  const drawn = points.flatMap(({ value, status }, i) =>
    finite(value) ? [{ i, status, x: plot.x(i), y: plot.y(value) }] : [],
  );
  const path = drawn
    .map(
      ({ i, x, y }, at) =>
        `${at > 0 && drawn[at - 1]!.i === i - 1 ? 'L' : 'M'}${x.toFixed(2)} ${y.toFixed(2)}`,
    )
    .join('');
  const radius = points.length > 40 ? 4 : 5;
  return group(
    path === ''
      ? undefined
      : el('path', {
          d: path,
          fill: 'none',
          stroke: INK.line,
          'stroke-width': 1.8,
          'stroke-linejoin': 'round',
        }),
    ...drawn.map(({ status, x, y }) =>
      shape(status === 'none' ? 'green' : status, x, y, radius, {
        fill: PAINT[status].point,
        stroke: INK.paper,
        'stroke-width': 1.2,
      }),
    ),
    ...points.map(({ status }, i) =>
      status === 'missing'
        ? shape('missing', plot.x(i), plot.foot - 30, 5, {
            fill: INK.paper,
            stroke: PAINT.missing.stroke,
            'stroke-dasharray': '3 2.4',
            'stroke-width': 1.2,
          })
        : undefined,
    ),
  );
}

/** Where a mark beside a point stands: above it, or below where it would leave the plot. */
function beside(data: BehaviourPicture, plot: Plot, at: number, away: number): number {
  const value = data.points[at]?.value;
  const y = finite(value) ? plot.y(value) : plot.foot - 30;
  return y - away < plot.top - 2 ? y + away : y - away;
}

/** The marks of the signals that are spelt out, and the numbers of the notes. */
export function marks(data: BehaviourPicture, notes: BehaviourPicture['notes'], plot: Plot): Markup {
  const signals = data.signals.slice(-MOST_SIGNALS);
  return group(
    ...signals.map((signal, i) => {
      const same = signals.slice(0, i).filter(({ at }) => at === signal.at).length;
      return badge(signal, letterOf(i), plot.x(signal.at), beside(data, plot, signal.at, 20 + same * 20));
    }),
    ...notes.map((note, i) => noteNumber(i + 1, plot.x(note.at), plot.top - 12)),
    ...notes.map((note) => {
      const value = data.points[note.at]?.value;
      const end = finite(value) ? plot.y(value) - 7 : plot.foot - 30;
      return el('path', {
        d: `M${plot.x(note.at)} ${plot.top - 4}V${end}`,
        stroke: INK.edge,
        'stroke-dasharray': '2 4',
      });
    }),
  );
}
