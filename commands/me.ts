import { myDayCard } from '../src/cards/my-day.ts';
import { loadMyDay } from '../src/queries/my-day.ts';
import type { Asked, Command } from './command.ts';
import { toMe } from './reply.ts';

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
  ],
};
