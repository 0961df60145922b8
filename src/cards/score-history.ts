import { compareRubrics } from '../domain/rubric/compare.ts';
import { lettersOf } from '../domain/rubric/colour.ts';
import { coloursOf } from '../domain/rubric/quick.ts';
import type { Rubric } from '../domain/rubric/rubric.ts';
import type { ScoreView } from '../queries/score.ts';
import { type Card, type Element, card, list, note, paragraph, picture } from '../ui/card.ts';
import { type Text, date } from '../ui/text.ts';
import { readinessAlt } from '../charts/index.ts';
import { namesOfPaths, readinessData } from './score.ts';

const MOST_LINES = 25;

/** What can be compared between two versions of the rubric, in sentences. */
export function comparabilityOf(before: Rubric, after: Rubric): Text[] {
  const { same, reworded, added, removed } = compareRubrics(before, after);
  return [
    `${same.length} criteria read the same and can be compared.`,
    ...(reworded.length === 0
      ? []
      : [`Worded otherwise, to be compared with care: ${namesOfPaths(after, reworded)}.`]),
    ...(added.length === 0 ? [] : [`New: ${namesOfPaths(after, added)}.`]),
    ...(removed.length === 0 ? [] : [`Gone: ${namesOfPaths(before, removed)}.`]),
  ];
}

/** Every change of the rubric between two scores of this list, newest first. */
function changesOf({ scores, rubricOf }: ScoreView): Element[] {
  const used = [...new Set(scores.map(({ score }) => score.rubric))];
  return used.slice(0, -1).flatMap((after, i): Element[] => {
    const before = used[i + 1]!;
    const [old, now] = [rubricOf(before), rubricOf(after)];
    if (old === undefined || now === undefined) return [];
    return [
      paragraph(`From ${before.replace('@', ' version ')} to ${after.replace('@', ' version ')}:`),
      list(comparabilityOf(old, now)),
    ];
  });
}

/** Every score of a seat, newest first, and what can be compared where the rubric changed. */
export function scoreHistoryCard(view: ScoreView, at: number): Card {
  const { seat, scores, zone, rubricOf } = view;
  const title = `Scores of ${seat.name}`;
  if (scores.length === 0) return card(title, [paragraph('It has never been scored.')]);
  const lines = scores.slice(0, MOST_LINES).map(({ score, reviewer }): Text => {
    const rubric = rubricOf(score.rubric);
    const letters = rubric === undefined ? '' : ` ${lettersOf(coloursOf(rubric, score.marks))} ·`;
    return [
      date(score.at, zone),
      `${letters} ${score.percent} % · ${score.kind} · ${reviewer} · version ${score.rubric.split('@')[1]}`,
    ];
  });
  const body: Element[] = [
    list(lines),
    ...(scores.length > MOST_LINES ? [note(`These are the newest ${MOST_LINES}.`)] : []),
    ...changesOf(view),
    picture({ name: 'readiness', args: { seat: seat.id, at }, alt: readinessAlt(readinessData(view)) }),
  ];
  return card(title, body, { rest: `score show ${seat.key}` });
}
