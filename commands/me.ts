import { setCountry } from '../src/actions/org/index.ts';
import { perform } from '../src/actions/perform.ts';
import { myDayCard } from '../src/cards/my-day.ts';
import { loadMyDay } from '../src/queries/my-day.ts';
import { paragraph } from '../src/ui/card.ts';
import type { Asked, Command } from './command.ts';
import { say, toMe } from './reply.ts';

export const myDay = async (asked: Asked) =>
  myDayCard(await loadMyDay(asked.store.read, asked.org, asked.me.id, asked.clock.now()), asked.clock.now());

export const meCommand: Command = {
  name: 'me',
  aliases: ['today', 'home'],
  summary: 'What waits for you',
  examples: ['me'],
  verbs: [
    {
      name: '',
      usage: 'me',
      summary: 'your issues, missing numbers, offers and seats',
      positional: [],
      run: async (asked) => toMe(await myDay(asked)),
    },
    {
      name: 'country',
      usage: 'me country <DE|DE-BY|none>',
      summary: 'whose public holidays are yours; nobody is pinged on them about what can wait',
      positional: ['country'],
      async run(asked, input) {
        const { country } = await perform(asked, setCountry, { ...input });
        return say(
          country === null ? 'No public holidays are yours' : `The public holidays of ${country} are yours`,
          paragraph('On them no time counts, and no ping comes except for severity 1.'),
        );
      },
    },
  ],
};
