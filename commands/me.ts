import { setOwn } from '../src/actions/person/index.ts';
import { perform } from '../src/actions/perform.ts';
import { myDayCard } from '../src/cards/my-day.ts';
import { settingsCard } from '../src/cards/settings.ts';
import { platformName } from '../src/domain/person.ts';
import { loadMyDay } from '../src/queries/my-day.ts';
import { loadMySettings } from '../src/queries/settings.ts';
import { paragraph } from '../src/ui/card.ts';
import { dataOf } from './admin-people.ts';
import type { Asked, Command } from './command.ts';
import { link, single } from './link.ts';
import { openForm, say, toMe } from './reply.ts';

export const myDay = async (asked: Asked) =>
  myDayCard(await loadMyDay(asked.store.read, asked.org, asked.me.id, asked.clock.now()), asked.clock.now());

export const meCommand: Command = {
  name: 'me',
  aliases: ['today', 'home'],
  summary: 'What waits for you, and your settings',
  examples: ['me', 'me hours 9-17 mon-fri', 'me zone Europe/Berlin'],
  verbs: [
    {
      name: '',
      usage: 'me',
      summary: 'your issues, missing numbers, offers and seats',
      positional: [],
      run: async (asked) => toMe(await myDay(asked)),
    },
    {
      name: 'settings',
      usage: 'me settings',
      summary: 'your zone, hours, holidays and where direct messages go',
      positional: [],
      run: async (asked) =>
        toMe(settingsCard(await loadMySettings(asked.store.read, asked.org, asked.me.id))),
    },
    {
      name: 'zone',
      usage: 'me zone <Europe/Berlin>',
      summary: 'your time zone',
      positional: ['...zone'],
      async run(asked, input) {
        if (input['zone'] === undefined) return openForm('person.settings', {});
        const { zone } = await perform(asked, setOwn, { ...input });
        return say(`Your time zone is ${zone}`, paragraph('Your working hours and days are read in it.'));
      },
    },
    {
      name: 'hours',
      usage: 'me hours <9-17 mon-fri|always>',
      summary: 'when you work; what can wait reaches you only then',
      positional: ['...hours'],
      async run(asked, input) {
        if (input['hours'] === undefined) return openForm('person.settings', {});
        const { hours, zone } = await perform(asked, setOwn, { ...input });
        return say(
          hours === 'always' ? 'You can be asked at any time' : `You work ${hours}`,
          paragraph(`In ${zone}. Outside of it only severity 1 reaches you.`),
        );
      },
    },
    {
      name: 'country',
      usage: 'me country <DE|DE-BY|none>',
      summary: 'whose public holidays are yours; nobody is pinged on them about what can wait',
      positional: ['country'],
      async run(asked, input) {
        if (input['country'] === undefined) return openForm('person.settings', {});
        const { country } = await perform(asked, setOwn, { ...input });
        return say(
          country === null ? 'No public holidays are yours' : `The public holidays of ${country} are yours`,
          paragraph('On them no time counts, and no ping comes except for severity 1.'),
        );
      },
    },
    {
      name: 'link',
      usage: 'me link [code]',
      summary: 'link your other account: a code made here, typed there',
      positional: ['code'],
      run: link,
    },
    {
      name: 'single',
      usage: 'me single',
      summary: 'say that you have no other account; an admin confirms it',
      positional: [],
      run: single,
    },
    {
      name: 'primary',
      usage: 'me primary <slack|teams>',
      summary: 'where direct messages reach you',
      positional: ['primary'],
      async run(asked, input) {
        if (input['primary'] === undefined) return openForm('person.settings', {});
        const { primaryPlatform } = await perform(asked, setOwn, { primary: input['primary'].toLowerCase() });
        return say(
          `Direct messages reach you on ${platformName(primaryPlatform)}`,
          paragraph('What was sent already is kept up to date where it is.'),
        );
      },
    },
    {
      name: 'export',
      usage: 'me export',
      summary: 'everything that is stored about you, as JSON',
      positional: [],
      run: (asked) => dataOf(asked, asked.me),
    },
  ],
};
