import { perform } from '../../src/actions/perform.ts';
import { ownSeat } from '../../src/actions/seat/index.ts';
import { OWNER_DUTIES, OWNER_ROLES } from '../../src/domain/seat.ts';
import { paragraph } from '../../src/ui/card.ts';
import { clip } from '../../src/text.ts';
import type { FormSpec } from '../form.ts';
import { say } from '../reply.ts';
import { initial, optionsOf, seatField, texts } from './fields.ts';

export const seatOwnForm: FormSpec = {
  name: 'seat.own',
  args: texts,
  open: async (asked, args) => ({
    name: 'seat.own',
    args: {},
    title: 'Name an owner',
    submit: 'Name',
    items: [
      await seatField(asked, args['seat']),
      {
        kind: 'select',
        name: 'role',
        label: 'Role',
        options: optionsOf(OWNER_ROLES, (role) =>
          clip(`${role}: ${OWNER_DUTIES[role as keyof typeof OWNER_DUTIES]}`, 75),
        ),
        ...initial(OWNER_ROLES.find((r) => r === args['role'])),
      },
      {
        kind: 'person',
        name: 'person',
        label: 'Person',
        hint: 'They are asked to accept by a direct message.',
      },
    ],
  }),
  async submit(asked, _args, filled) {
    const { seat, role } = await perform(asked, ownSeat, filled);
    return say(
      `An owner is named for ${seat}`,
      paragraph(`The ${role} owner is asked to accept; until then the role counts as vacant.`),
    );
  },
};
