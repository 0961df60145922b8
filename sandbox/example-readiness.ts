import { giveFullScore, requestScores } from '../src/actions/score/index.ts';
import type { Mark } from '../src/domain/rubric/marks.ts';
import { criterionPath } from '../src/domain/rubric/rubric.ts';
import { SEAT_RUBRIC, builtinRubric } from '../src/rubrics/builtin.ts';
import { WEEKS } from './example-numbers.ts';
import type { Stage } from './example-story.ts';

interface FullScore {
  readonly by: string;
  /** A letter for each criterion, a word for each dimension. */
  readonly marks: string;
  /** By `criterionPath`. */
  readonly notes: Readonly<Record<string, string>>;
}

const SEAT = 'claims';

/** Three reviewers of one seat, who agree about the data and not about what happens when it fails. */
const SCORES: readonly FullScore[] = [
  {
    by: 'eli',
    marks: 'GGYGG GGYGY GGYGY GGGYG',
    notes: {
      'data.production-shaped': 'Late scans were not part of the sample.',
      'governance.human-review': 'Written down; nobody has checked that it is kept.',
    },
  },
  {
    by: 'dana',
    marks: 'GGYGG GGGGY GGGGY GGGGY',
    notes: { 'integration.failure-modes': 'Rolled back twice in the test environment, without loss.' },
  },
  {
    by: 'ana',
    marks: 'GGYGG GGYGR GGRGY GGGYG',
    notes: {
      'governance.incident-drill': 'The escalation has never been exercised.',
      'integration.failure-modes': 'In the test environment only: production has queues that it has not.',
    },
  },
];

const MARKS: Readonly<Record<string, Mark>> = { G: 'green', Y: 'yellow', R: 'red' };

function answersOf({ marks, notes }: FullScore) {
  const words = marks.split(' ');
  const answers = builtinRubric(SEAT_RUBRIC)!.dimensions.flatMap((d, at) =>
    d.criteria.map((c, i) => {
      const path = criterionPath(d.key, c.key);
      const note = notes[path];
      const mark = MARKS[words[at]![i]!]!;
      return [path, note === undefined ? { mark } : { mark, note }] as const;
    }),
  );
  return Object.fromEntries(answers);
}

/** In the last week claims is scored in full by three people, and a score of another seat is asked for. */
export async function scoreInFull({ does, people }: Stage, week: number): Promise<void> {
  if (week !== WEEKS - 1) return;
  for (const score of SCORES)
    await does(score.by, giveFullScore, {
      seat: SEAT,
      rubric: `${SEAT_RUBRIC}@1`,
      answers: answersOf(score),
    });
  await does('ana', requestScores, {
    seat: 'coverage',
    reviewers: [people.get('dana')],
    due: '9d',
    note: 'Before we talk about the rollout.',
  });
}
