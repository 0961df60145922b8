import { needSeat } from '../../src/actions/find.ts';
import { assertMay, perform } from '../../src/actions/perform.ts';
import { requestScores } from '../../src/actions/score/index.ts';
import { paragraph } from '../../src/ui/card.ts';
import type { FormSpec } from '../form.ts';
import { toMe } from '../reply.ts';
import { requested } from '../score.ts';
import { initial, texts } from './fields.ts';

/** Asks reviewers for their score. */
export const scoreRequestForm: FormSpec = {
  name: 'score.request',
  args: texts,
  async open(asked, args) {
    const seat = await needSeat(asked.store.read, asked.org, args['seat'] ?? '');
    await assertMay(asked, requestScores, { seat: seat.key, reviewers: [] });
    return {
      name: 'score.request',
      args: { seat: seat.key },
      title: 'Ask for scores',
      submit: 'Ask',
      items: [
        { kind: 'hint', body: paragraph(`Who shall score the readiness of ${seat.name}?`) },
        { kind: 'people', name: 'reviewers', label: 'Reviewers' },
        {
          kind: 'text',
          name: 'due',
          label: 'By',
          max: 20,
          hint: 'fri, 5d or 2026-12-01. They are reminded a day before; afterwards it becomes an issue.',
          ...initial(args['due'] ?? '7d'),
        },
        {
          kind: 'long_text',
          name: 'note',
          label: 'Note',
          optional: true,
          max: 1000,
          ...initial(args['note']),
        },
      ],
    };
  },
  async submit(asked, args, filled) {
    const result = await perform(asked, requestScores, {
      ...filled,
      reviewers: filled['reviewers'] ?? [],
      seat: args['seat'],
    });
    return toMe(await requested(asked, result));
  },
};
