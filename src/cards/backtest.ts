import { behaviourAlt } from '../charts/index.ts';
import { type Backtest, CALM, type WouldOpen } from '../domain/drift/backtest.ts';
import { type Named, sentenceOf } from '../domain/drift/sentence.ts';
import { BUDGETS } from '../domain/drift/types.ts';
import type { Watched } from '../domain/drift/watch.ts';
import type { Severity } from '../domain/issue.ts';
import type { WouldAsk } from '../queries/would-ask.ts';
import {
  type Button,
  type Card,
  type Element,
  type JsonObject,
  buttons,
  card,
  list,
  note,
  paragraph,
  picture,
  table,
} from '../ui/card.ts';
import { type Text, bold } from '../ui/text.ts';
import { judged, pictureOf } from './behaviour.ts';

export interface BacktestView {
  readonly metric: Named;
  /** `Claims triage`; undefined for numbers that belong to no seat yet. */
  readonly seatName: string | undefined;
  readonly history: readonly Watched[];
  /** Quiet, standard, sensitive. */
  readonly results: readonly Backtest[];
  readonly asks: ReadonlyMap<Severity, WouldAsk>;
  /** The registered picture that shows these numbers. */
  readonly picture: { readonly name: string; readonly args: JsonObject };
  readonly buttons: readonly Button[];
  readonly rest?: string;
}

/** Periods that the table names, the newest ones. */
const MOST_ROWS = 12;
const MOST_REASONS = 6;

const count = (issues: number): string => `${issues} ${issues === 1 ? 'issue' : 'issues'}`;

const backtestTitle = (name: string, seatName: string | undefined): string =>
  seatName === undefined ? `Backtest: ${name}` : `Backtest: ${name}, ${seatName}`;

/** The picture's data; the middle sensitivity is drawn. */
export const backtestPicture = (view: Pick<BacktestView, 'metric' | 'seatName' | 'history' | 'results'>) =>
  pictureOf(
    view.results.find(({ sensitivity }) => sensitivity === 'standard')!,
    view.history,
    view.metric,
    {
      title: backtestTitle(view.metric.name, view.seatName),
      subtitle: `${view.history[0]?.period ?? ''} to ${view.history.at(-1)?.period ?? ''}, standard sensitivity`,
    },
  );

/** In which periods an issue would have opened, why, and who would have been asked, at each sensitivity. */
export function backtestCard(view: BacktestView): Card {
  const { history, results, metric } = view;
  const title = backtestTitle(metric.name, view.seatName);
  const summary = results
    .map(({ sensitivity, issues }) => `${sensitivity} ${count(issues.length)}`)
    .join(', ');
  const [first] = results;
  return card(
    title,
    [
      picture({ ...view.picture, alt: behaviourAlt(backtestPicture(view)), title }),
      paragraph(
        `${history.length === 1 ? '1 period' : `${history.length} periods`}, ${history[0]?.period ?? ''} to ${history.at(-1)?.period ?? ''}: `,
        bold(summary),
        '.',
      ),
      paragraph(judged(first!.detection, history)),
      ...when(view),
      ...why(view),
      ...asked(view),
      note(
        `Sensitivity is a budget of false alarms: of 100 numbers that do not change, statistics raise an issue within 52 periods for ${percent(BUDGETS.quiet)} at quiet, ${percent(BUDGETS.standard)} at standard, ${percent(BUDGETS.sensitive)} at sensitive. An issue is taken here to be solved after ${CALM} periods without a new signal.`,
      ),
      ...(view.buttons.length === 0 ? [] : [buttons(...view.buttons)]),
    ],
    { fallback: `${title}: ${summary}`, ...(view.rest === undefined ? {} : { rest: view.rest }) },
  );
}

const percent = (share: number): string => `${Math.round(share * 100)}`;

/** What each sensitivity does in one period. */
function cell({ issues }: Backtest, at: number): Text {
  const opened = issues.find((issue) => issue.at === at);
  if (opened !== undefined) return bold(`opens, severity ${opened.severity}`);
  return issues.some(({ joined }) => joined.some((one) => one.at === at)) ? 'joins' : '–';
}

function when({ results, history }: BacktestView): Element[] {
  const opened = [...new Set(results.flatMap(({ issues }) => issues.map(({ at }) => at)))].toSorted(
    (a, b) => a - b,
  );
  if (opened.length === 0) return [paragraph('No issue would have opened.')];
  const shown = opened.slice(-MOST_ROWS);
  return [
    table(
      [{ title: 'Period' }, ...results.map(({ sensitivity }) => ({ title: sensitivity }))],
      shown.map((at) => [history[at]!.period, ...results.map((result) => cell(result, at))]),
    ),
    ...(opened.length > shown.length
      ? [note(`${opened.length - shown.length} earlier ones are left out.`)]
      : []),
  ];
}

/** Each reason once, with the least sensitivity that sees it. */
function why({ results, history, metric }: BacktestView): Element[] {
  const reasons = new Map<
    string,
    { readonly issue: WouldOpen; readonly sentence: string; readonly from: string }
  >();
  for (const { issues, sensitivity } of results) {
    for (const issue of issues) {
      const one = issue.by[0]!;
      const key = `${one.kind} ${one.at} ${one.direction}`;
      if (!reasons.has(key))
        reasons.set(key, { issue, sentence: sentenceOf(one, history, metric), from: sensitivity });
    }
  }
  const newest = [...reasons.values()].toSorted((a, b) => b.issue.at - a.issue.at).slice(0, MOST_REASONS);
  if (newest.length === 0) return [];
  return [
    paragraph(bold('Why, newest first')),
    list(newest.map(({ sentence, from }) => (from === 'quiet' ? sentence : `${sentence} (from ${from} on)`))),
  ];
}

function asked({ results, asks }: BacktestView): Element[] {
  const severities = [
    ...new Set(results.flatMap(({ issues }) => issues.map(({ severity }) => severity))),
  ].toSorted((a, b) => a - b);
  const lines = severities.flatMap((severity) => {
    const steps = asks.get(severity) ?? [];
    return steps.length === 0
      ? []
      : [`Severity ${severity}: ${steps.map((step) => step.join(' and ')).join(', then ')}.`];
  });
  return lines.length === 0
    ? []
    : [paragraph(bold('Who would have been asked, as things stand today')), list(lines)];
}
