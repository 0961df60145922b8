import { dropMessage, sendAgain } from '../src/actions/message/index.ts';
import { perform } from '../src/actions/perform.ts';
import { doctorCard, messagesCard } from '../src/cards/doctor.ts';
import { hasRole } from '../src/domain/person.ts';
import { forbidden, invalid, notFound } from '../src/errors.ts';
import { examine } from '../src/queries/doctor.ts';
import { type Troubled, loadTroubled } from '../src/queries/messages.ts';
import { paragraph } from '../src/ui/card.ts';
import type { Asked, Command } from './command.ts';
import { say, toMe } from './reply.ts';

function assertGovernor({ me }: Asked): void {
  if (!hasRole(me.role, 'governor'))
    throw forbidden('Governors and admins may call the doctor.', { hint: 'admin list' });
}

/** The message whose id ends like this. */
async function needMessage(asked: Asked, ref: string | undefined): Promise<Troubled> {
  assertGovernor(asked);
  const hint = 'doctor messages';
  if (ref === undefined) throw invalid('Which message? “doctor messages” shows their ids.', { hint });
  const found = (await loadTroubled(asked.store.read, asked.org)).find(
    (one) => one.ref === ref.toLowerCase(),
  );
  if (found === undefined)
    throw notFound(`No message that needs attention has the id “${ref.slice(0, 40)}”.`, { hint });
  return found;
}

export const doctorCommand: Command = {
  name: 'doctor',
  summary: 'What works and what does not',
  examples: ['doctor', 'doctor messages'],
  verbs: [
    {
      name: '',
      usage: 'doctor',
      summary:
        'check database, backups, clock, tokens, channels, duties, queues, owners; each with what to do',
      positional: [],
      async run(asked) {
        assertGovernor(asked);
        return toMe(doctorCard(await examine(asked, asked.org, asked.vitals())));
      },
    },
    {
      name: 'messages',
      usage: 'doctor messages',
      summary: 'messages that are parked, held or may repeat, each with a way on',
      positional: [],
      async run(asked) {
        assertGovernor(asked);
        return toMe(messagesCard(await loadTroubled(asked.store.read, asked.org)));
      },
    },
    {
      name: 'retry',
      usage: 'doctor retry <id>',
      summary: 'send a message again that was set aside',
      positional: ['id'],
      async run(asked, input) {
        const { message, where } = await needMessage(asked, input['id']);
        const { mayRepeat } = await perform(asked, sendAgain, { message: message.id });
        return say(
          'It is sent again',
          paragraph(`${message.view} to ${where}.${mayRepeat ? ' It may be there twice then.' : ''}`),
        );
      },
    },
    {
      name: 'drop',
      usage: 'doctor drop <id>',
      summary: 'give a message up, or take note that one may have come twice',
      positional: ['id'],
      async run(asked, input) {
        const { message, where } = await needMessage(asked, input['id']);
        await perform(asked, dropMessage, { message: message.id });
        return say('Noted', paragraph(`${message.view} to ${where} is not shown here any more.`));
      },
    },
  ],
};
