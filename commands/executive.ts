import { postableHere } from './here.ts';
import { scheduleExecutive, stopExecutive } from '../src/actions/digest/index.ts';
import { assertMay, perform } from '../src/actions/perform.ts';
import { executiveCard } from '../src/cards/executive.ts';
import { formatSchedule } from '../src/domain/schedule.ts';
import { invalid } from '../src/errors.ts';
import { loadExecutive } from '../src/queries/executive.ts';
import { note, paragraph } from '../src/ui/card.ts';
import { bold, datetime } from '../src/ui/text.ts';
import type { Answer, Asked } from './command.ts';
import { say, toMe } from './reply.ts';

type To = { readonly toKind: 'person' | 'channel'; readonly toId: string };

const EXAMPLE = 'digest executive me mon 08:00 Europe/Berlin';

async function targetOf(asked: Asked, word: string): Promise<To> {
  if (word === 'me') return { toKind: 'person', toId: asked.me.id };
  return { toKind: 'channel', toId: await postableHere(asked, EXAMPLE) };
}

/** `digest executive here|me [day time zone]`, `preview`, `off`. */
export async function executive(asked: Asked, word: string, words: string): Promise<Answer> {
  switch (word) {
    case 'here':
    case 'me':
      return words === 'off' ? stop(asked, await targetOf(asked, word)) : schedule(asked, word, words);
    case 'off':
      return stop(asked, await targetOf(asked, words === 'here' ? 'here' : 'me'));
    case 'preview': {
      await assertMay(asked, scheduleExecutive, { toKind: 'person', toId: asked.me.id, zone: asked.zone });
      return toMe(executiveCard(await loadExecutive(asked.store.read, asked.org, asked.clock.now()), false));
    }
    default:
      throw invalid(
        word === ''
          ? 'Where shall the executive digest come to: here, or to me?'
          : `“${word.slice(0, 40)}” is not clear: type here, me, preview or off.`,
        { hint: EXAMPLE },
      );
  }
}

async function schedule(asked: Asked, word: string, when: string): Promise<Answer> {
  const to = await targetOf(asked, word);
  const { nextAt, zone, rule } = await perform(asked, scheduleExecutive, {
    ...to,
    zone: asked.zone,
    ...(when === '' ? {} : { when }),
  });
  return say(
    'The executive digest is set',
    paragraph(
      to.toKind === 'person' ? 'To you, every week, ' : 'Here, every week, ',
      bold(formatSchedule(rule, zone)),
      '. The next one: ',
      datetime(nextAt, zone),
      '.',
    ),
    note('See it now with “digest executive preview”; end it with “digest executive off”.'),
  );
}

async function stop(asked: Asked, to: To): Promise<Answer> {
  await perform(asked, stopExecutive, to);
  return say(
    'The executive digest is ended',
    paragraph(to.toKind === 'person' ? 'It comes to you no more.' : 'It comes here no more.'),
  );
}
