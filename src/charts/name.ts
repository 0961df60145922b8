import { phrase, words } from './draw.ts';
import { widthOf } from './font.ts';
import { MARGIN } from './frame.ts';
import { targetWithUnit } from './latest.ts';
import { INK } from './palette.ts';
import type { ScorecardRow } from './scorecard-data.ts';
import { type Markup, group } from './svg.ts';
import { fit, largest } from './words.ts';

/** The metric over its target, seat and owner. */
export function twoLineName(
  row: ScorecardRow,
  seat: string | undefined,
  middle: number,
  width: number,
): Markup {
  const target = targetWithUnit(row);
  const details = [target === '' ? row.unit : `target ${target}`, seat, row.owner].flatMap(
    (part) => part || [],
  );
  const size = largest(row.metric, width, [20, 19, 18, 17], 'bold');
  return group(
    words(row.metric, MARGIN, details.length === 0 ? middle : middle - 12, {
      size,
      weight: 'bold',
      max: width,
    }),
    phrase(details, MARGIN, middle + 13, { size: 16, fill: INK.quiet, max: width }),
  );
}

const [BIG, SMALL, GAP] = [17, 14, 10];

/** Metric and seat share what the target leaves; whoever needs less than its part gives the rest away. */
export function oneLineName(
  row: ScorecardRow,
  seat: string | undefined,
  middle: number,
  width: number,
): Markup {
  const target = fit(targetWithUnit(row) || row.unit, width * 0.32, SMALL, 'regular');
  const room = width - widthOf(target, SMALL, 'regular') - GAP;
  const wanted = seat ? widthOf(fit(seat, room, SMALL, 'regular'), SMALL, 'regular') + GAP : 0;
  const metric = fit(row.metric, room - Math.min(wanted, room * 0.42), BIG, 'bold');
  const used = widthOf(metric, BIG, 'bold') + GAP;
  return group(
    words(metric, MARGIN, middle, { size: BIG, weight: 'bold', max: room }),
    words(seat ?? '', MARGIN + used, middle + 1, { size: SMALL, fill: INK.quiet, max: room - used }),
    words(target, MARGIN + width, middle + 1, {
      size: SMALL,
      fill: INK.quiet,
      anchor: 'end',
      max: width * 0.32,
    }),
  );
}
