import { perform } from '../../src/actions/perform.ts';
import { moveSeat } from '../../src/actions/seat/index.ts';
import { STAGES, type Stage } from '../../src/domain/seat.ts';
import { buttons, commandButton, paragraph } from '../../src/ui/card.ts';
import { code } from '../../src/ui/text.ts';
import type { Args, FormSpec } from '../form.ts';
import { say } from '../reply.ts';
import { initial, optionsOf, seatField, texts } from './fields.ts';

interface Moved {
  readonly seat: string;
  readonly from: Stage;
  readonly to: Stage;
  readonly ended: { readonly issues: readonly string[]; readonly priorities: readonly string[] };
}

/** Says where a seat stands now, and what ended with one that was retired. */
export function seatMoved({ seat, from, to, ended }: Moved) {
  const history = buttons(commandButton('History', `seat history ${seat}`));
  if (to !== 'retired') return say(`${seat} is in ${to} now`, paragraph(`It was in ${from}.`), history);
  const names = [...ended.issues, ...ended.priorities];
  return say(
    `${seat} is retired`,
    paragraph(
      `It was in ${from}. `,
      names.length === 0 ? 'Nothing was open about it.' : `Ended with it: ${names.join(', ')}.`,
      ' Its key stays taken. To take it back: ',
      code(`seat move ${seat} proposed because="…"`),
    ),
    history,
  );
}

const because = (args: Args) => ({
  kind: 'long_text' as const,
  name: 'because',
  label: 'Because',
  max: 1000,
  hint: 'On what this decision rests. It stays in the history of the seat.',
  ...initial(args['because']),
});

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
        hint: 'Upwards one stage at a time; down or out at any time; out of retired to proposed.',
        ...initial(STAGES.find((stage) => stage === args['stage'])),
      },
      because(args),
    ],
  }),
  submit: async (asked, _args, filled) => seatMoved(await perform(asked, moveSeat, filled)),
};

export const seatRetireForm: FormSpec = {
  name: 'seat.retire',
  args: texts,
  open: async (asked, args) => ({
    name: 'seat.retire',
    args: {},
    title: 'Retire a seat',
    submit: 'Retire',
    items: [await seatField(asked, args['seat']), because(args)],
  }),
  submit: async (asked, _args, filled) =>
    seatMoved(await perform(asked, moveSeat, { ...filled, stage: 'retired' })),
};
