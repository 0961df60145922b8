import { type ReadinessPicture, readinessAlt } from '../charts/index.ts';
import { weakestOf } from '../domain/rubric/colour.ts';
import type { Spread } from '../domain/rubric/panel.ts';
import { type Rubric, criterionPath } from '../domain/rubric/rubric.ts';
import { type Standing, type Trend, standingAt } from '../domain/rubric/standing.ts';
import type { ScoreView } from '../queries/score.ts';
import type { SeatStanding } from '../queries/standing.ts';
import {
  type Card,
  type Element,
  buttons,
  card,
  commandButton,
  facts,
  formButton,
  list,
  note,
  paragraph,
  picture,
  quote,
} from '../ui/card.ts';
import { type Inline, type Text, bold, date, formatInstant, link } from '../ui/text.ts';

/** As many criteria to talk about as a card names; `score compare` has all. */
const MOST_DISCUSSED = 5;

const TREND_WORDS: Readonly<Record<Trend, string>> = {
  rose: 'rose',
  fell: 'fell',
  same: 'unchanged',
  other: 'not comparable with the score before',
};

/** `rose from 62 %`; that others scored before is said, since then it is not the seat alone that moved. */
export const trendText = ({ now, before, trend }: SeatStanding): string | undefined => {
  if (trend === undefined) return undefined;
  if (before === undefined || (trend !== 'rose' && trend !== 'fell')) return TREND_WORDS[trend];
  const [then, by] = [before.reviewers.length, now.reviewers.length];
  const others = then === by ? '' : ` (of ${then} ${then === 1 ? 'reviewer' : 'reviewers'} then)`;
  return `${TREND_WORDS[trend]} from ${before.percent} %${others}`;
};

const heatOf = (rubric: Rubric, { kind, panel }: Standing): NonNullable<ReadinessPicture['heat']> =>
  kind === 'quick'
    ? []
    : rubric.dimensions.map((d) => ({
        name: d.name,
        marks: d.criteria.map(
          (c) => panel.spreads.find((s) => s.path === criterionPath(d.key, c.key))?.median ?? 'none',
        ),
      }));

/** Each time somebody scored in the way that counts now: where the seat stood then. */
export function readinessData(view: ScoreView): ReadinessPicture {
  const { seat, standing, zone, rubricOf } = view;
  const title = `Readiness of ${seat.name}`;
  const now = standing?.now;
  const rubric = now === undefined ? undefined : rubricOf(now.rubric);
  if (now === undefined || rubric === undefined)
    return { title, dimensions: view.held.rubric.dimensions.map((d) => d.name), points: [] };
  const given = view.given.filter((score) => score.kind === now.kind && score.rubric === now.rubric);
  const points = given.toReversed().flatMap(({ at }) => {
    const then = standingAt(given, rubricOf, at);
    return then === undefined
      ? []
      : [
          {
            label: formatInstant(at, zone, 'date'),
            colours: then.dimensions.map((d) => d.colour ?? 'none'),
            percent: then.percent,
          },
        ];
  });
  return {
    title,
    subtitle: `${now.kind} score, ${now.rubric.replace('@', ' version ')}`,
    dimensions: rubric.dimensions.map((d) => d.name),
    points,
    heat: heatOf(rubric, now),
  };
}

/** The name of what a path means in this rubric, whichever kind of score it comes from. */
export function nameOfPath(rubric: Rubric, path: string): string {
  for (const d of rubric.dimensions) {
    if (d.key === path) return d.name;
    const criterion = d.criteria.find((c) => criterionPath(d.key, c.key) === path);
    if (criterion !== undefined) return criterion.name;
  }
  return path;
}

const MOST_NAMED = 10;

/** What several paths mean, in one line. */
export function namesOfPaths(rubric: Rubric, paths: readonly string[]): string {
  const named = paths.slice(0, MOST_NAMED).map((path) => nameOfPath(rubric, path));
  const more = paths.length - named.length;
  return `${named.join('; ')}${more > 0 ? `; and ${more} more` : ''}`;
}

function spreadText(rubric: Rubric, { path, range, width, disputed }: Spread): Text {
  const apart =
    range === undefined || width === 0
      ? (range?.best ?? 'nothing')
      : `${disputed ? 'anything ' : ''}from ${range.best} to ${range.worst}`;
  return [
    bold(nameOfPath(rubric, path)),
    disputed ? `: some say that it does not apply, others ${apart}` : `: ${apart}`,
  ];
}

/** How far several reviewers agree, and what they should talk about. */
function agreementOf(rubric: Rubric, { panel }: Standing): Element[] {
  if (panel.reviewers < 2) return [];
  const { agreement, discuss } = panel;
  const said: Inline[] =
    agreement === undefined
      ? [discuss.length === 0 ? 'All agree.' : 'They agree on every colour, but not on what applies.']
      : ['Agreement ', bold(agreement.toFixed(2)), ' of 1 (Krippendorff’s alpha). '];
  const more =
    discuss.length > MOST_DISCUSSED
      ? [note(`${discuss.length - MOST_DISCUSSED} more in the comparison.`)]
      : [];
  return [
    paragraph(...said),
    ...(discuss.length === 0
      ? []
      : [
          paragraph(bold('To talk about')),
          list(discuss.slice(0, MOST_DISCUSSED).map((s) => spreadText(rubric, s))),
          ...more,
        ]),
  ];
}

function requestsOf({ requests, zone }: ScoreView, at: number): Element[] {
  if (requests.length === 0) return [];
  return [
    paragraph(bold('Asked for')),
    list(
      requests.map(({ request, reviewer }): Text => [
        `${reviewer}, by `,
        date(request.dueAt, zone),
        request.dueAt <= at ? ' · overdue' : '',
      ]),
    ),
  ];
}

const scoreButtons = ({ seat, scores }: ScoreView): Element =>
  buttons(
    formButton('Score all criteria', 'score.full', { seat: seat.key }, { style: 'primary' }),
    formButton('Quick score', 'score.give', { seat: seat.key }),
    ...(scores.length > 1 ? [commandButton('Compare', `score compare ${seat.key}`)] : []),
    ...(scores.length > 1 ? [commandButton('History', `score history ${seat.key}`)] : []),
  );

/** Where a seat stands: by whom, how far they agree, what was asked for. */
export function scoreCard(view: ScoreView, at: number): Card {
  const { seat, standing, zone, rubricOf } = view;
  const title = `Readiness of ${seat.name}`;
  if (standing === undefined) {
    return card(title, [paragraph('It has never been scored.'), ...requestsOf(view, at), scoreButtons(view)]);
  }
  const { now } = standing;
  const rubric = rubricOf(now.rubric)!;
  const weakest = weakestOf(now.dimensions.flatMap((d) => d.colour ?? []));
  const trend = trendText(standing);
  const data = readinessData(view);
  const newest = view.scores[0]!.score;
  const body: Element[] = [
    paragraph(
      bold(`${now.percent} %`),
      ` · ${now.letters}${weakest === undefined ? '' : ` · weakest dimension ${weakest}`}`,
      trend === undefined ? '' : ` · ${trend}`,
    ),
    facts(...now.dimensions.map((d) => [d.name, d.colour ?? 'does not apply'] as const)),
    ...(newest.note === null ? [] : [quote(newest.note)]),
    ...(newest.evidence === null ? [] : [paragraph('Evidence: ', link(newest.evidence, newest.evidence))]),
    note(
      `By ${now.reviewers.map(view.nameOf).join(', ')}, `,
      date(now.at, zone),
      now.reviewers.length > 1
        ? `, ${now.kind} score, the median of ${now.reviewers.length}.`
        : `, ${now.kind} score.`,
      now.rubric === view.held.name
        ? ''
        : ` Scored by ${now.rubric.replace('@', ' version ')}; version ${view.held.version} holds now.`,
    ),
    ...agreementOf(rubric, now),
    picture({ name: 'readiness', args: { seat: seat.id, at }, alt: readinessAlt(data) }),
    ...requestsOf(view, at),
    scoreButtons(view),
  ];
  return card(title, body, { fallback: `${title}: ${now.percent} %`, rest: `score history ${seat.key}` });
}
