import { setNudges } from '../src/actions/digest/index.ts';
import { perform } from '../src/actions/perform.ts';
import { paragraph } from '../src/ui/card.ts';
import type { Asked, Command } from './command.ts';
import { say } from './reply.ts';

async function set(asked: Asked, on: boolean) {
  await perform(asked, setNudges, { on });
  return on
    ? say(
        'Reminders are on',
        paragraph(
          'When numbers or a word of yours are missing, you are told a day and two hours before a digest.',
        ),
      )
    : say(
        'Reminders are off',
        paragraph('You are not reminded before digests any more. “nudges on” brings it back.'),
      );
}

export const nudgesCommand: Command = {
  name: 'nudges',
  aliases: ['reminders'],
  summary: 'Whether you are reminded of missing numbers before a digest',
  examples: ['nudges off', 'nudges on'],
  verbs: [
    {
      name: 'off',
      usage: 'nudges off',
      summary: 'no reminders before digests; issues still reach you',
      positional: [],
      run: (asked) => set(asked, false),
    },
    {
      name: 'on',
      usage: 'nudges on',
      summary: 'remind me again',
      positional: [],
      run: (asked) => set(asked, true),
    },
  ],
};
