import { needSeat } from '../../src/actions/find.ts';
import { assertMay, perform } from '../../src/actions/perform.ts';
import { assertScorable, giveScore, readColour } from '../../src/actions/score/index.ts';
import { COLOURS } from '../../src/domain/rubric/colour.ts';
import type { Rubric } from '../../src/domain/rubric/rubric.ts';
import { CoxswainError } from '../../src/errors.ts';
import { loadScores } from '../../src/queries/score.ts';
import { paragraph } from '../../src/ui/card.ts';
import { date } from '../../src/ui/text.ts';
import type { Filled, FormSpec } from '../form.ts';
import { markGiven } from '../quick-score.ts';
import { toMe } from '../reply.ts';
import { shownScores } from '../score.ts';
import { initial, optionsOf, texts } from './fields.ts';

const MARKS = {
  green: 'green: ready',
  yellow: 'yellow: gaps that can be closed',
  red: 'red: not ready',
} as const;

/** Dimensions by their place: their keys may be longer than a field's name. */
const fieldOf = (at: number): string => `mark_${at}`;

const marksOf = (rubric: Rubric, filled: Filled): Record<string, string> =>
  Object.fromEntries(
    rubric.dimensions.flatMap((d, at) => {
      const mark = filled[fieldOf(at)];
      return typeof mark === 'string' ? [[d.key, mark]] : [];
    }),
  );

function besideMarks(error: unknown, rubric: Rubric): unknown {
  if (!(error instanceof CoxswainError)) return error;
  const fields = Object.entries(error.fields).map(([key, words]) => {
    const at = rubric.dimensions.findIndex((d) => d.key === key);
    return [at === -1 ? key : fieldOf(at), words] as const;
  });
  return new CoxswainError(error.code, error.message, { fields: Object.fromEntries(fields) });
}

/** The quick score, with one's last one filled in. */
export const scoreGiveForm: FormSpec = {
  name: 'score.give',
  args: texts,
  async open(asked, args) {
    await assertMay(asked, giveScore, { seat: args['seat'] ?? '', marks: {} });
    const db = asked.store.read;
    const seat = await needSeat(db, asked.org, args['seat'] ?? '');
    assertScorable(seat);
    const { held, scores } = await loadScores(db, asked.org, seat);
    const quick = scores.filter(({ score }) => score.kind === 'quick');
    const last = quick.find(({ score }) => score.reviewer === asked.me.id) ?? quick[0];
    return {
      name: 'score.give',
      args: { seat: seat.key },
      title: 'Quick score',
      submit: 'Score',
      items: [
        {
          kind: 'hint',
          body:
            last === undefined
              ? paragraph(`${seat.name} has no quick score yet.`)
              : paragraph(
                  `${seat.name}. Filled in: the score of ${last.reviewer}, `,
                  date(last.score.at, asked.zone),
                  '.',
                ),
        },
        ...held.rubric.dimensions.map((d, at) => ({
          kind: 'select' as const,
          name: fieldOf(at),
          label: d.name,
          options: optionsOf(COLOURS, (c) => MARKS[c as keyof typeof MARKS]),
          ...initial(readColour(markGiven(args, d.key) ?? '') ?? last?.score.marks[d.key]),
        })),
        {
          kind: 'long_text',
          name: 'note',
          label: 'Note',
          optional: true,
          max: 2000,
          hint: 'What would make the weakest dimension better?',
          ...initial(args['note']),
        },
        {
          kind: 'text',
          name: 'evidence',
          label: 'Evidence',
          optional: true,
          max: 2000,
          hint: 'A link, also to a message.',
          placeholder: 'https://…',
          ...initial(args['evidence']),
        },
      ],
    };
  },
  async submit(asked, args, filled) {
    const db = asked.store.read;
    const { held } = await loadScores(db, asked.org, await needSeat(db, asked.org, args['seat'] ?? ''));
    const { note, evidence } = filled;
    const { seat } = await perform(asked, giveScore, {
      seat: args['seat'],
      marks: marksOf(held.rubric, filled),
      note,
      evidence,
    }).catch((error: unknown) => {
      throw besideMarks(error, held.rubric);
    });
    return toMe(await shownScores(asked, seat));
  },
};
