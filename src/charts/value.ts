import { words } from './draw.ts';
import { CAP_HEIGHT, widthOf } from './font.ts';
import { RIGHT } from './frame.ts';
import { latest } from './latest.ts';
import { INK, PAINT } from './palette.ts';
import type { ScorecardRow } from './scorecard-data.ts';
import { type Markup, group } from './svg.ts';
import { fit, largest } from './words.ts';

const LARGEST_SIDE = 136;

/** The newest value, big, with its unit; in roomy rows its status as a word below. */
export function latestValue(
  row: ScorecardRow,
  weeks: readonly string[],
  middle: number,
  roomy: boolean,
): Markup {
  const last = latest(row, weeks);
  const [big, small] = roomy ? [27, 16] : [20, 14];
  const unit = fit(last.unit, LARGEST_SIDE * 0.4, small, 'regular');
  const taken = unit === '' ? 0 : widthOf(unit, small, 'regular') + 6;
  const room = LARGEST_SIDE - taken;
  const smallest = big * 0.62;
  // A cut number reads as another number, so the rounded one is shown where the exact one is too long.
  const number = widthOf(last.number, smallest, 'bold') <= room ? last.number : (last.rounded ?? last.number);
  const line = roomy ? middle - 10 : middle;
  return group(
    words(unit, RIGHT, line + ((big - small) * CAP_HEIGHT) / 2, {
      size: small,
      fill: INK.quiet,
      anchor: 'end',
      max: LARGEST_SIDE,
    }),
    words(number, RIGHT - taken, line, {
      size: largest(number, room, [big, big * 0.85, big * 0.72, smallest], 'bold'),
      weight: 'bold',
      fill: number === '–' ? INK.quiet : INK.title,
      anchor: 'end',
      max: room,
    }),
    roomy
      ? words(last.note, RIGHT, middle + 15, {
          size: 15,
          fill: PAINT[last.status].strong,
          anchor: 'end',
          max: LARGEST_SIDE,
        })
      : undefined,
  );
}
