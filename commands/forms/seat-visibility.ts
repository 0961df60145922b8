import { perform } from '../../src/actions/perform.ts';
import { setSeatVisibility } from '../../src/actions/seat/index.ts';
import { VISIBILITIES, VISIBLE_TO, type Visibility } from '../../src/domain/visibility.ts';
import { paragraph } from '../../src/ui/card.ts';
import type { FormSpec } from '../form.ts';
import { say } from '../reply.ts';
import { initial, optionsOf, seatField, texts } from './fields.ts';

/** Says who sees it now, also to who does not any more. */
export const visibilitySet = ({ seat, from, to }: { seat: string; from: Visibility; to: Visibility }) =>
  say(`Who sees ${seat}`, paragraph(VISIBLE_TO[to]), ...(from === to ? [paragraph('Nothing changed.')] : []));

export const seatVisibilityForm: FormSpec = {
  name: 'seat.visibility',
  args: texts,
  open: async (asked, args) => ({
    name: 'seat.visibility',
    args: {},
    title: 'Who sees a seat',
    submit: 'Save',
    items: [
      await seatField(asked, args['seat']),
      {
        kind: 'select',
        name: 'visibility',
        label: 'Who may see it',
        options: optionsOf(VISIBILITIES),
        hint: 'people: its owners, and who works on it. Governors and admins see every seat.',
        ...initial(VISIBILITIES.find((one) => one === args['visibility'])),
      },
      {
        kind: 'long_text',
        name: 'because',
        label: 'Because',
        max: 1000,
        hint: 'It stays in the audit log.',
        ...initial(args['because']),
      },
    ],
  }),
  submit: async (asked, _args, filled) => visibilitySet(await perform(asked, setSeatVisibility, filled)),
};
