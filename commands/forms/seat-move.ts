import { perform } from '../../src/actions/perform.ts';
import { moveSeat } from '../../src/actions/seat/index.ts';
import { STAGES } from '../../src/domain/seat.ts';
import { paragraph } from '../../src/ui/card.ts';
import type { FormSpec } from '../form.ts';
import { say } from '../reply.ts';
import { initial, optionsOf, seatField, texts } from './fields.ts';

export const seatMoveForm: FormSpec = {
  name: 'seat.move',
  args: texts,
  open: async (asked, args) => ({
    name: 'seat.move',
    args: {},
    title: 'Move a seat',
    submit: 'Move',
    items: [
      await seatField(asked, args['seat']),
      {
        kind: 'select',
        name: 'stage',
        label: 'Stage',
        options: optionsOf(STAGES),
        hint: 'Upwards one stage at a time; down or out at any time.',
        ...initial(STAGES.find((stage) => stage === args['stage'])),
      },
      {
        kind: 'long_text',
        name: 'because',
        label: 'Because',
        max: 1000,
        hint: 'On what this decision rests. It stays in the history of the seat.',
        ...initial(args['because']),
      },
    ],
  }),
  async submit(asked, _args, filled) {
    const { seat, from, to } = await perform(asked, moveSeat, filled);
    return say(`${seat} is in ${to} now`, paragraph(`It was in ${from}.`));
  },
};
