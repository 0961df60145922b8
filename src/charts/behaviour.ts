import { STATUSES } from '../ui/text.ts';
import { words } from './draw.ts';
import { FOOTER, MARGIN, RIGHT, frame, headerHeight } from './frame.ts';
import { INK } from './palette.ts';
import { type Markup, group } from './svg.ts';
import { axes, plotOf } from './behaviour-axes.ts';
import { type BehaviourPicture, MOST_NOTES, MOST_SIGNALS, cut, letterOf } from './behaviour-data.ts';
import { limits, lineNames, targetBand } from './behaviour-limits.ts';
import { badge, marks, noteNumber, readings } from './behaviour-marks.ts';

const LEFT = 96;
const NAMES = 132;
const HEIGHT = 300;
/** Gaps and the baseline's span. */
const STRIP = 44;
const NOTE_LINE = 30;
const LABELS = 34;
const LINE = 26;

/** The signals and notes below the plot, each behind its mark. */
function list(data: BehaviourPicture, notes: BehaviourPicture['notes'], top: number): Markup {
  const signals = data.signals.slice(-MOST_SIGNALS);
  const look = { size: 15, fill: INK.text, max: RIGHT - MARGIN - 28 };
  const line = (i: number) => top + (i + 0.5) * LINE;
  return group(
    ...signals.map((signal, i) =>
      group(
        badge(signal, letterOf(i), MARGIN + 10, line(i)),
        words(signal.words, MARGIN + 28, line(i), look),
      ),
    ),
    ...notes.map((note, i) => {
      const at = line(signals.length + i);
      return group(noteNumber(i + 1, MARGIN + 10, at), words(note.words, MARGIN + 28, at, look));
    }),
  );
}

/**
 * A process-behaviour chart (XmR) as an SVG 1024 pixels wide: the readings with the shape of their status, the target
 * of each period, centre and limits (dashed while they are provisional), the baseline's span, and every signal and
 * note with its mark, spelt out below.
 */
export function behaviourSvg(whole: BehaviourPicture): string {
  const data = cut(whole);
  const notes = data.notes.slice(-MOST_NOTES);
  const top = headerHeight(data.subtitle) + NOTE_LINE;
  const plot = plotOf(data, {
    left: LEFT,
    right: RIGHT - NAMES,
    top,
    bottom: top + HEIGHT,
    foot: top + HEIGHT + STRIP,
  });
  const below = plot.foot + LABELS;
  const lines = Math.min(MOST_SIGNALS, data.signals.length) + notes.length;
  const present = STATUSES.filter((status) => data.points.some((point) => point.status === status));
  return frame(
    {
      title: data.title,
      subtitle: data.subtitle,
      height: below + LINE * (lines + 1) + FOOTER,
      legend: present,
      footnote: data.unit === '' ? '' : `in ${data.unit}`,
    },
    targetBand(data.points, plot),
    axes(
      plot,
      data.points.map(({ label }) => label),
    ),
    limits(data, plot),
    readings(data, plot),
    marks(data, notes, plot),
    lineNames(data, plot),
    data.points.length === 0
      ? words('No readings yet', plot.left + 14, (plot.top + plot.bottom) / 2, {
          size: 20,
          fill: INK.quiet,
          max: 400,
        })
      : undefined,
    words(data.says, MARGIN, below + LINE / 2, {
      size: 15,
      weight: 'bold',
      fill: INK.quiet,
      max: RIGHT - MARGIN,
    }),
    list(data, notes, below + LINE),
  );
}
