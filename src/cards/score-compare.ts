import { decodeMarks, pathsOf } from '../domain/rubric/marks.ts';
import type { Rubric } from '../domain/rubric/rubric.ts';
import type { Standing } from '../domain/rubric/standing.ts';
import type { ScoreView } from '../queries/score.ts';
import {
  type Card,
  type Element,
  buttons,
  card,
  formButton,
  list,
  note,
  paragraph,
  table,
} from '../ui/card.ts';
import { type Text, bold } from '../ui/text.ts';
import { comparabilityOf } from './score-history.ts';
import { nameOfPath } from './score.ts';

/** Columns of reviewers that still read well on a phone. */
const MOST_REVIEWERS = 8;
const MOST_NOTES = 12;

/** What each of the reviewers who count now said about one path. */
interface Voice {
  readonly name: string;
  readonly marks: readonly string[];
  readonly notes: Readonly<Record<string, string>>;
}

function voicesOf(view: ScoreView, now: Standing): Voice[] {
  return now.reviewers.flatMap((reviewer) => {
    const at = view.given.findIndex(
      (g) => g.reviewer === reviewer && g.kind === now.kind && g.rubric === now.rubric,
    );
    const score = view.scores[at]?.score;
    if (score === undefined) return [];
    const notes = Object.entries(score.answers ?? {}).flatMap(([path, { note: words }]) =>
      words === undefined || words === '' ? [] : [[path, words] as const],
    );
    return [
      {
        name: view.nameOf(reviewer),
        marks: decodeMarks(view.given[at]!.colours),
        notes: Object.fromEntries(notes),
      },
    ];
  });
}

function discussion(rubric: Rubric, now: Standing, voices: readonly Voice[]): Element[] {
  const paths = pathsOf(rubric, now.kind);
  const items = now.panel.discuss.slice(0, MOST_NOTES).map(({ path }): Text => {
    const at = paths.indexOf(path);
    const said = voices.map(({ name, marks, notes }) => {
      const words = notes[path];
      return `${name} ${marks[at] === 'none' ? 'does not apply' : marks[at]}${words === undefined ? '' : ` (“${words}”)`}`;
    });
    return [bold(nameOfPath(rubric, path)), `: ${said.join('; ')}`];
  });
  return items.length === 0
    ? [paragraph('All agree: there is nothing to talk about.')]
    : [paragraph(bold('To talk about, the widest apart first')), list(items)];
}

const word = (mark: string | undefined): string => (mark === undefined || mark === 'none' ? '–' : mark);

/** Reviewers side by side: each criterion with everybody's mark and the median. */
export function scoreCompareCard(view: ScoreView): Card {
  const { seat, standing, rubricOf, held } = view;
  const title = `Scores of ${seat.name}, side by side`;
  const again = buttons(
    formButton('Score all criteria', 'score.full', { seat: seat.key }, { style: 'primary' }),
  );
  if (standing === undefined) return card(title, [paragraph('It has never been scored.'), again]);
  const { now } = standing;
  const rubric = rubricOf(now.rubric)!;
  const voices = voicesOf(view, now);
  const shown = voices.slice(0, MOST_REVIEWERS);
  const rows = now.panel.spreads.map((spread, at): Text[] => [
    nameOfPath(rubric, spread.path),
    ...shown.map((voice) => word(voice.marks[at])),
    word(spread.median),
  ]);
  const older = rubricOf(now.rubric) === held.rubric || now.rubric === held.name;
  return card(
    title,
    [
      table(
        [
          { title: now.kind === 'quick' ? 'Dimension' : 'Criterion', weight: 3 },
          ...shown.map(({ name }) => ({ title: name })),
          { title: 'Median' },
        ],
        rows,
      ),
      ...(voices.length > shown.length ? [note(`${voices.length - shown.length} more reviewers.`)] : []),
      ...(voices.length < 2 ? [note('One reviewer so far: ask others with “score request”.')] : []),
      ...(now.panel.agreement === undefined
        ? []
        : [
            paragraph(
              'Agreement ',
              bold(now.panel.agreement.toFixed(2)),
              ' of 1 (Krippendorff’s alpha, ordinal).',
            ),
          ]),
      ...(voices.length < 2 ? [] : discussion(rubric, now, voices)),
      ...(older
        ? []
        : [
            paragraph(`Version ${held.version} of the rubric holds by now. Compared with it:`),
            list(comparabilityOf(rubric, held.rubric)),
          ]),
      again,
    ],
    { rest: `score history ${seat.key}` },
  );
}
