import { type BehaviourPicture, type BehaviourPoint, behaviourAlt } from '../charts/index.ts';
import { baselineWords, briefOf, sentenceOf } from '../domain/drift/sentence.ts';
import { decimalsOf, rounded } from '../domain/drift/precision.ts';
import { FEWEST, FROZEN } from '../domain/drift/types.ts';
import type { Past } from '../domain/drift/history.ts';
import type { Baseline, Detection } from '../domain/drift/types.ts';
import type { Watched, Watch } from '../domain/drift/watch.ts';
import { type Target, formatTarget, statusOf } from '../domain/metric.ts';
import type { Named } from '../domain/drift/sentence.ts';
import type { Behaviour } from '../queries/drift.ts';
import {
  type Card,
  type Element,
  type Picture,
  buttons,
  card,
  commandButton,
  facts,
  list,
  note,
  paragraph,
  picture,
} from '../ui/card.ts';
import { type Text, bold, code, status } from '../ui/text.ts';

/** `W47` of `2026-W47`, `11-20` of `2026-11-20`; months as they are. */
const label = (period: string): string => (period.length > 7 ? period.slice(5) : period);

function bandOf(target: Target): NonNullable<BehaviourPoint['band']> {
  switch (target.direction) {
    case 'higher':
      return { low: target.target };
    case 'lower':
      return { high: target.target };
    case 'range':
      return { low: target.target, high: target.targetHigh ?? target.target };
    default:
      return target.direction satisfies never;
  }
}

function pointOf({ period, value, missing, target }: Watched): BehaviourPoint {
  const band = target === null ? {} : { band: bandOf(target) };
  if (value === null) return { label: label(period), status: missing ? 'missing' : 'none', ...band };
  return { label: label(period), value, status: target === null ? 'none' : statusOf(target, value), ...band };
}

/** What the statistics rest on, or why they cannot judge, as a sentence. */
export function judged(detection: Detection, history: readonly Watched[]): string {
  switch (detection.state) {
    case 'too few':
      return `Statistics say nothing yet: ${detection.n} of the ${FEWEST} readings that they need.`;
    case 'cannot judge':
      return `Statistics cannot judge this number: ${detection.reason}`;
    case 'provisional':
    case 'frozen':
      return `Judged against its ${baselineWords(detection.baseline, history)}.`;
    default:
      return detection satisfies never;
  }
}

/** Centre and limits as precise as the readings. */
function readable(baseline: Baseline, history: readonly Watched[]): Baseline {
  const digits = decimalsOf(history.map(({ value }) => value));
  const { centre, lower, upper } = baseline;
  return {
    ...baseline,
    centre: rounded(centre, digits),
    lower: rounded(lower, digits),
    upper: rounded(upper, digits),
  };
}

/** What the chart draws. The drawing and its alt text come from the same data. */
export function pictureOf(
  { detection, seen }: Watch,
  history: readonly (Watched & { readonly note?: string | null })[],
  metric: Named,
  head: { readonly title: string; readonly subtitle: string },
): BehaviourPicture {
  const baseline = 'baseline' in detection ? detection.baseline : undefined;
  return {
    ...head,
    unit: metric.unit,
    points: history.map(pointOf),
    ...(baseline === undefined || detection.state === 'cannot judge'
      ? {}
      : { baseline: readable(baseline, history) }),
    signals: seen.map((one) => ({
      at: one.at,
      since: one.since,
      kind: one.kind,
      direction: one.direction,
      words: briefOf(one, history, metric),
    })),
    notes: history.flatMap(({ note: text, period }, at) =>
      text ? [{ at, words: `${period}: ${text}` }] : [],
    ),
    says: judged(detection, history),
  };
}

/** The chart of one number. */
export function behaviourData(b: Behaviour): BehaviourPicture {
  const { seat, metric, history, baseline } = b;
  const drawn = pictureOf(b, history.periods, metric, {
    title: `${metric.name} · ${seat.name}`,
    subtitle: `target ${formatTarget(metric, metric.unit)}, ${history.periods[0]?.period ?? ''} to ${history.periods.at(-1)?.period ?? ''}`,
  });
  if (baseline === undefined || history.baselineFrom >= history.periods.length) return drawn;
  const at = history.baselineFrom;
  const again = { at, words: `${history.periods[at]!.period}: new baseline: ${baseline.reason}` };
  return { ...drawn, notes: [...drawn.notes, again].toSorted((x, y) => x.at - y.at) };
}

/** The process-behaviour chart as an element: for the number's own card, and for issues about it. */
export function behaviourPicture(b: Behaviour): Picture {
  return picture({
    name: 'behaviour',
    args: { metric: b.metric.id, at: lastInstant(b.history.periods) },
    alt: behaviourAlt(behaviourData(b)),
    title: `${b.metric.name} of ${b.seat.name}`,
  });
}

/** Changes with the newest period, so a picture is drawn anew then. */
const lastInstant = (periods: readonly Past[]): number => periods.at(-1)?.start ?? 0;

const CHANCE =
  'These are the signals that the detector sees in the whole of it, whether an issue was opened or not.';

/** `/pilot scorecard <seat> <metric>` */
export function behaviourCard(b: Behaviour): Card {
  const { metric, seat, history, detection, seen, baseline } = b;
  const last = history.periods.findLast(({ value }) => value !== null);
  const rest = `scorecard ${seat.key} ${metric.key}`;
  const title = `${metric.name} of ${seat.name}`;
  if (last === undefined) {
    return card(
      title,
      [
        paragraph('There are no readings yet. One is logged like this:'),
        paragraph(code(`log ${seat.key} ${metric.key} ${metric.target}`)),
      ],
      { rest },
    );
  }
  const now: Text =
    last.target === null
      ? `${last.value}`
      : [
          status(statusOf(last.target, last.value!)),
          ` ${sayValue(last.value!, metric.unit)} in ${last.period}`,
        ];
  const pairs: (readonly [string, Text])[] = [
    ['Newest', now],
    ['Target', formatTarget(metric, metric.unit)],
    ...limitFacts(detection, history.periods, metric.unit),
    ['Sensitivity', metric.sensitivity],
    ...(b.open === undefined ? [] : [['Open issue', [bold(b.open.ref), ` ${b.open.title}`]] as const]),
    ...(baseline === undefined || detection.state === 'too few'
      ? []
      : [['Baseline set by', `${b.baselineBy ?? 'somebody'}: ${baseline.reason}`] as const]),
  ];
  return card(
    title,
    [
      behaviourPicture(b),
      facts(...pairs),
      paragraph(judged(detection, history.periods)),
      ...signalsSaid(b),
      ...notesSaid(b),
      ...offers(b),
    ],
    {
      fallback: `${title}: ${seen.length === 0 ? 'no signal' : `${seen.length} ${seen.length === 1 ? 'signal' : 'signals'}`}`,
      rest,
    },
  );
}

const sayValue = (value: number, unit: string): string =>
  unit === '' ? formatted(value) : `${formatted(value)} ${unit}`;
const formatted = (value: number): string => String(Number(value.toPrecision(6)));

function limitFacts(
  detection: Detection,
  history: readonly Watched[],
  unit: string,
): (readonly [string, Text])[] {
  if (detection.state !== 'provisional' && detection.state !== 'frozen') return [];
  const { n } = detection.baseline;
  const { centre, lower, upper } = readable(detection.baseline, history);
  const left = detection.state === 'frozen' ? 'final' : `provisional, ${n} of ${FROZEN} readings`;
  return [
    ['Centre', sayValue(centre, unit)],
    ['Limits', `${sayValue(lower, unit)} to ${sayValue(upper, unit)} (${left})`],
  ];
}

const MOST = 5;

function signalsSaid({ seen, history, metric }: Behaviour): Element[] {
  if (seen.length === 0) return [paragraph('No signal: what the readings do is what they always did.')];
  const newest = seen.slice(-MOST).toReversed();
  return [
    paragraph(bold('Signals, newest first')),
    list(newest.map((one) => sentenceOf(one, history.periods, metric))),
    note(seen.length > MOST ? `${seen.length - MOST} older ones are in the picture. ` : '', CHANCE),
  ];
}

function notesSaid({ history }: Behaviour): Element[] {
  const notes = history.periods.filter((one) => one.note).slice(-MOST);
  return notes.length === 0
    ? []
    : [paragraph(bold('Notes')), list(notes.map(({ period, note: text }) => `${period}: ${text}`))];
}

function offers({ seat, metric, open }: Behaviour): Element[] {
  const issue = open === undefined ? [] : [commandButton(`Open ${open.ref}`, `issue show ${open.ref}`)];
  return [buttons(...issue, commandButton('Backtest', `backtest ${seat.key} ${metric.key}`))];
}

/** Answers a new baseline: what is judged from now on, and from when. */
export function baselineCard(set: {
  readonly seat: string;
  readonly metric: string;
  readonly name: string;
  readonly from: string;
  readonly readings: number;
  readonly judgedAfter: number;
  readonly frozen: boolean;
}): Card {
  const count = set.readings === 1 ? '1 reading' : `${set.readings} readings`;
  const when =
    set.judgedAfter > 0
      ? `After ${set.judgedAfter} more, statistics judge again; until then only the target does.`
      : set.frozen
        ? `The first ${FROZEN} of them are the baseline.`
        : `It is provisional until there are ${FROZEN}.`;
  return card(`${set.name} has a new baseline`, [
    paragraph(`It begins with ${set.from}: ${count} so far. ${when}`),
    buttons(commandButton('Show the number', `scorecard ${set.seat} ${set.metric}`)),
  ]);
}
