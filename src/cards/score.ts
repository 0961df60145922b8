import { DIMENSIONS, DIMENSION_NAMES, letters, weakest } from '../domain/rubric.ts';
import type { ScoreHistory } from '../queries/score.ts';
import { readinessAlt } from '../charts/index.ts';
import type { ReadinessPicture } from '../charts/index.ts';
import {
  type Card,
  type Element,
  buttons,
  card,
  facts,
  formButton,
  list,
  note,
  paragraph,
  picture,
  quote,
} from '../ui/card.ts';
import { type Text, bold, date, formatInstant, link } from '../ui/text.ts';

export const readinessData = ({ seat, scores, zone }: ScoreHistory): ReadinessPicture => ({
  title: `Readiness of ${seat.name}`,
  dimensions: DIMENSIONS.map((d) => DIMENSION_NAMES[d]),
  points: scores.toReversed().map(({ score }) => ({
    label: formatInstant(score.at, zone, 'date'),
    colours: DIMENSIONS.map((d) => score.marks[d]),
    percent: score.percent,
  })),
});

/** The newest score, what changed since the one before, and the history. */
export function scoreCard(history: ScoreHistory, at: number): Card {
  const { seat, scores, zone } = history;
  const title = `Readiness of ${seat.name}`;
  const again = buttons(
    formButton('Score readiness', 'score.give', { seat: seat.key }, { style: 'primary' }),
  );
  const [now, before] = scores;
  if (now === undefined) return card(title, [paragraph('It has never been scored.'), again]);
  const { marks, percent, note: words, evidence } = now.score;
  const moved = DIMENSIONS.filter((d) => before !== undefined && before.score.marks[d] !== marks[d]);
  const change = moved.map((d): Text => `${DIMENSION_NAMES[d]}: ${before!.score.marks[d]} → ${marks[d]}`);
  const data = readinessData(history);
  const body: Element[] = [
    paragraph(bold(`${percent} %`), ` · ${letters(marks)} · weakest dimension ${weakest(marks)}`),
    facts(...DIMENSIONS.map((d) => [DIMENSION_NAMES[d], marks[d]] as const)),
    ...(words === null ? [] : [quote(words)]),
    ...(evidence === null ? [] : [paragraph('Evidence: ', link(evidence, evidence))]),
    note('By ', now.reviewer, ', ', date(now.score.at, zone), ', quick score.'),
    ...(change.length === 0 ? [] : [paragraph(bold('Changed since the score before')), list(change)]),
    picture({ name: 'readiness', args: { seat: seat.id, at }, alt: readinessAlt(data) }),
    ...(scores.length < 2
      ? []
      : [
          paragraph(bold('History')),
          list(
            scores
              .slice(0, 10)
              .map(({ score, reviewer }): Text => [
                date(score.at, zone),
                ` ${letters(score.marks)} · ${score.percent} % · ${reviewer}`,
              ]),
          ),
        ]),
    again,
  ];
  return card(title, body, { fallback: `${title}: ${percent} %`, rest: `score history ${seat.key}` });
}
