import { comeBack, goAway } from '../src/actions/person/index.ts';
import { perform } from '../src/actions/perform.ts';
import { absenceCard, awayCard } from '../src/cards/absence.ts';
import { mentionOf } from '../src/grammar/mention.ts';
import { loadAbsence } from '../src/queries/absence.ts';
import { paragraph } from '../src/ui/card.ts';
import type { Asked, Command } from './command.ts';
import { needPerson } from './people.ts';
import { openForm, say, toMe } from './reply.ts';

/** `@bo until fri`: whom it is about, and the rest of the words. */
async function aboutWhom(asked: Asked, words: string): Promise<{ person?: string; rest: string }> {
  const [first = '', ...rest] = words.trim().split(/\s+/);
  if (mentionOf(first)?.kind !== 'person' && !first.startsWith('@')) return { rest: words };
  return { person: (await needPerson(asked, first)).id, rest: rest.join(' ') };
}

type Input = Readonly<Record<string, string>>;

async function go(asked: Asked, words: string, last: 'until' | 'through', { delegate }: Input) {
  const { person, rest } = await aboutWhom(asked, words);
  const [, word, until = ''] = /^(until|through|till)?\s*(.*)$/i.exec(rest) ?? [];
  const away = await perform(asked, goAway, {
    until,
    last: word?.toLowerCase() === 'through' ? 'through' : last,
    ...(person === undefined ? {} : { person }),
    ...(delegate === undefined ? {} : { delegate: (await needPerson(asked, delegate)).id }),
  });
  return toMe(awayCard(away, person === undefined || person === asked.me.id));
}

async function back(asked: Asked, { who }: Input) {
  const person = who === undefined ? undefined : (await needPerson(asked, who)).id;
  const { name } = await perform(asked, comeBack, person === undefined ? {} : { person });
  return person === undefined || person === asked.me.id
    ? say('Welcome back', paragraph('What is asked of you reaches you again.'))
    : say(`${name} is back`, paragraph('They are asked themselves again.'));
}

export const awayCommand: Command = {
  name: 'away',
  aliases: ['ooo'],
  summary: 'When you are away, and who stands in for you',
  defaultVerb: 'for',
  examples: ['away until fri delegate=@bo', 'away through 2026-12-31', 'away off'],
  verbs: [
    {
      name: 'until',
      aliases: ['till'],
      usage: 'away until <fri|tomorrow 14:00|2026-12-24> [delegate=@person]',
      summary: 'you are back on that day; pings go to who stands in',
      positional: ['...until'],
      named: ['delegate'],
      run: (asked, input) =>
        input['until'] === undefined
          ? Promise.resolve(openForm('person.away', {}))
          : go(asked, input['until'], 'until', input),
    },
    {
      name: 'through',
      usage: 'away through <day> [delegate=@person]',
      summary: 'away on that day, too; back on the morning after it',
      positional: ['...until'],
      named: ['delegate'],
      run: (asked, input) => go(asked, input['until'] ?? '', 'through', input),
    },
    {
      name: 'for',
      usage: 'away @person until <day> [delegate=@person]',
      summary: 'for somebody who fell ill; governors may. Alone it opens a form',
      positional: ['...words'],
      named: ['delegate'],
      mentions: ['words'],
      run: (asked, input) =>
        input['words'] === undefined
          ? Promise.resolve(openForm('person.away', {}))
          : go(asked, input['words'], 'until', input),
    },
    {
      name: 'off',
      aliases: ['back'],
      usage: 'away off [@person]',
      summary: 'back before you said',
      positional: ['who'],
      run: back,
    },
    {
      name: 'show',
      usage: 'away show',
      summary: 'who is away, until when, and who stands in',
      positional: [],
      run: async (asked) => {
        const { store, org, me, clock } = asked;
        return toMe(absenceCard(await loadAbsence(store.read, org, me.id, clock.now())));
      },
    },
  ],
};
