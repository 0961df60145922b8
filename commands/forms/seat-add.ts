import { perform } from '../../src/actions/perform.ts';
import { addSeat } from '../../src/actions/seat/index.ts';
import { seatCard } from '../../src/cards/seat.ts';
import { needSeat } from '../../src/actions/find.ts';
import { FIRST_STAGES, NEW_STAGES, RISK_TIERS, slug } from '../../src/domain/seat.ts';
import { hasRole } from '../../src/domain/person.ts';
import { loadSeat } from '../../src/queries/seat.ts';
import type { Asked } from '../command.ts';
import type { FormSpec } from '../form.ts';
import { toMe } from '../reply.ts';
import { initial, optionsOf, texts, typedIn } from './fields.ts';

const stagesFor = ({ me }: Asked) => (hasRole(me.role, 'governor') ? NEW_STAGES : FIRST_STAGES);

export const seatAddForm: FormSpec = {
  name: 'seat.add',
  args: texts,
  open: async (asked, args) => ({
    name: 'seat.add',
    args: {},
    title: 'Add a seat',
    submit: 'Add',
    items: [
      {
        kind: 'text',
        name: 'name',
        label: 'Name',
        placeholder: 'Claims triage',
        max: 80,
        ...initial(args['name']),
      },
      {
        kind: 'text',
        name: 'key',
        label: 'Key',
        optional: true,
        max: 30,
        placeholder: 'claims',
        hint: 'The short name used in commands: letters, digits, hyphens. Made from the name when empty.',
        ...initial(args['key']),
      },
      {
        kind: 'long_text',
        name: 'accountability',
        label: 'Accountable for',
        max: 300,
        placeholder: 'Sorts incoming claims within one hour',
        hint: 'One measurable sentence.',
        ...initial(args['accountability']),
      },
      {
        kind: 'person',
        name: 'accountable',
        label: 'Accountable owner',
        initial: asked.me.id,
        hint: 'Somebody else is asked to accept.',
      },
      {
        kind: 'select',
        name: 'holder',
        label: 'Held by',
        options: [
          { value: 'ai', label: 'an AI' },
          { value: 'human', label: 'a human' },
        ],
        initial: 'ai',
      },
      {
        kind: 'select',
        name: 'stage',
        label: 'Stage',
        options: optionsOf(stagesFor(asked)),
        initial: stagesFor(asked).find((stage) => stage === args['stage']) ?? 'proposed',
      },
      {
        kind: 'select',
        name: 'risk',
        label: 'Risk tier',
        options: optionsOf(RISK_TIERS),
        initial: args['risk'] ?? 'medium',
      },
    ],
  }),
  async submit(asked, _args, filled) {
    const channel = await asked.channel();
    const key = filled['key'] ?? slug(typedIn(filled, 'name'));
    const added = await perform(asked, addSeat, {
      ...filled,
      key,
      ...(channel === undefined ? {} : { channel }),
    });
    const db = asked.store.read;
    const now = asked.clock.now();
    return toMe(seatCard(await loadSeat(db, asked.org, await needSeat(db, asked.org, added.key), now), now));
  },
};
