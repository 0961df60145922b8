import { comeBack, goAway } from '../../src/actions/person/index.ts';
import { perform } from '../../src/actions/perform.ts';
import { awayCard } from '../../src/cards/absence.ts';
import { returnText } from '../../src/domain/absence.ts';
import { paragraph } from '../../src/ui/card.ts';
import type { FormSpec } from '../form.ts';
import { say, toMe } from '../reply.ts';
import { initial, texts } from './fields.ts';

export const personAwayForm: FormSpec = {
  name: 'person.away',
  args: texts,
  open: async ({ me, clock }, args) => {
    const away = me.awayUntil !== null && me.awayUntil > clock.now() ? me.awayUntil : undefined;
    return {
      name: 'person.away',
      args: {},
      title: 'Away',
      submit: 'Save',
      items: [
        {
          kind: 'text',
          name: 'until',
          label: 'Back on',
          hint: `A day like fri, tomorrow 14:00 or 2026-12-24, in ${me.zone}. Empty: not away.`,
          optional: true,
          max: 60,
          ...initial(args['until'] ?? (away === undefined ? undefined : returnText(away, me.zone))),
        },
        {
          kind: 'person',
          name: 'delegate',
          label: 'Who stands in',
          hint: 'They are told, and asked in your place. Without anybody the next one of the chain is asked.',
          optional: true,
          ...initial(away === undefined ? undefined : (me.delegate ?? undefined)),
        },
      ],
    };
  },
  async submit(asked, _args, filled) {
    if (filled['until'] !== undefined) return toMe(awayCard(await perform(asked, goAway, filled), true));
    const { awayUntil } = asked.me;
    if (awayUntil === null || awayUntil <= asked.clock.now())
      return say('You are not away', paragraph('To be away, say when you will be back.'));
    await perform(asked, comeBack, {});
    return say('Welcome back', paragraph('What is asked of you reaches you again.'));
  },
};
