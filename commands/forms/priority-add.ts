import { perform } from '../../src/actions/perform.ts';
import { addPriority } from '../../src/actions/priority/index.ts';
import { quarterAt } from '../../src/domain/priority.ts';
import { paragraph } from '../../src/ui/card.ts';
import { bold } from '../../src/ui/text.ts';
import type { FormSpec } from '../form.ts';
import { say } from '../reply.ts';
import { initial, seatField, texts } from './fields.ts';

export const priorityAddForm: FormSpec = {
  name: 'priority.add',
  args: texts,
  open: async (asked, args) => ({
    name: 'priority.add',
    args: {},
    title: 'Add a priority',
    submit: 'Add',
    items: [
      await seatField(asked, args['seat']),
      {
        kind: 'text',
        name: 'title',
        label: 'What shall be reached',
        max: 200,
        placeholder: 'Half the hand-offs between triage and fraud',
        ...initial(args['title']),
      },
      {
        kind: 'person',
        name: 'owner',
        label: 'Owner',
        hint: 'One person, who says every week whether it is on track.',
      },
      {
        kind: 'text',
        name: 'quarter',
        label: 'Quarter',
        max: 20,
        initial: args['quarter'] ?? quarterAt(asked.clock.now(), asked.zone),
      },
    ],
  }),
  async submit(asked, _args, filled) {
    const { ref, quarter } = await perform(asked, addPriority, filled);
    return say(`${ref} is added`, paragraph('For ', bold(quarter), '.'));
  },
};
