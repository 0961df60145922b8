import { needSeat } from '../../src/actions/find.ts';
import { assertMay, perform } from '../../src/actions/perform.ts';
import { giveScore } from '../../src/actions/score/index.ts';
import { COLOURS, DIMENSIONS, DIMENSION_NAMES } from '../../src/domain/rubric.ts';
import { loadScores } from '../../src/queries/score.ts';
import { paragraph } from '../../src/ui/card.ts';
import { date } from '../../src/ui/text.ts';
import type { FormSpec } from '../form.ts';
import { toMe } from '../reply.ts';
import { shownScores } from '../score.ts';
import { initial, optionsOf, texts } from './fields.ts';

const MARKS = {
  green: 'green: ready',
  yellow: 'yellow: gaps that can be closed',
  red: 'red: not ready',
} as const;

/** The quick score, with the last one filled in. */
export const scoreGiveForm: FormSpec = {
  name: 'score.give',
  args: texts,
  async open(asked, args) {
    await assertMay(asked, giveScore, args);
    const db = asked.store.read;
    const seat = await needSeat(db, asked.org, args['seat'] ?? '');
    const [last] = (await loadScores(db, asked.org, seat)).scores;
    return {
      name: 'score.give',
      args: { seat: seat.key },
      title: 'Score readiness',
      submit: 'Score',
      items: [
        {
          kind: 'hint',
          body:
            last === undefined
              ? paragraph(`${seat.name} has never been scored.`)
              : paragraph(
                  `${seat.name}. Filled in: the score of `,
                  last.reviewer,
                  ', ',
                  date(last.score.at, asked.zone),
                  '.',
                ),
        },
        ...DIMENSIONS.map((d) => ({
          kind: 'select' as const,
          name: d,
          label: DIMENSION_NAMES[d],
          options: optionsOf(COLOURS, (c) => MARKS[c as keyof typeof MARKS]),
          ...initial(args[d] ?? last?.score.marks[d]),
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
          placeholder: 'https://…',
          ...initial(args['evidence']),
        },
      ],
    };
  },
  async submit(asked, args, filled) {
    const { seat } = await perform(asked, giveScore, { ...filled, seat: args['seat'] });
    return toMe(await shownScores(asked, seat));
  },
};
