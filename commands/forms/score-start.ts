import type { FormSpec } from '../form.ts';
import { openForm } from '../reply.ts';
import { seatField, texts, typedIn } from './fields.ts';

/** Which seat, and how thoroughly, for who did not type it: then the form itself opens. */
export const scoreStartForm: FormSpec = {
  name: 'score.start',
  args: texts,
  open: async (asked, args) => ({
    name: 'score.start',
    args: {},
    title: 'Score a seat',
    submit: 'Next',
    items: [
      await seatField(asked, args['seat']),
      {
        kind: 'select',
        name: 'form',
        label: 'How',
        options: [
          { value: 'score.full', label: 'in full: every criterion of the rubric, with a draft' },
          { value: 'score.give', label: 'quickly: one colour for each dimension' },
        ],
        initial: 'score.full',
      },
    ],
  }),
  submit: (_asked, _args, filled) =>
    Promise.resolve(
      openForm(filled['form'] === 'score.give' ? 'score.give' : 'score.full', {
        seat: typedIn(filled, 'seat'),
      }),
    ),
};
