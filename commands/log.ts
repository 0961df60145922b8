import { logReadings } from '../src/actions/reading/index.ts';
import { perform } from '../src/actions/perform.ts';
import type { Command } from './command.ts';
import { loggedCard } from './logged.ts';
import { openForm, say } from './reply.ts';

export const logCommand: Command = {
  name: 'log',
  summary: 'Log a number',
  examples: [
    'log claims acceptance 91.5',
    'log claims acceptance 74 "new prompt since Tuesday"',
    'log',
    'log csv',
  ],
  verbs: [
    {
      name: '',
      usage: 'log <seat> <metric> <value> ["note"] [period=2026-W47]',
      summary: 'log one number; alone it opens a form with all that are missing from you',
      positional: ['seat', 'metric', 'value', '...note'],
      named: ['seat', 'metric', 'value', 'note', 'period'],
      async run(asked, input) {
        if (input['value'] === undefined) return openForm('reading.log', { ...input });
        const result = await perform(asked, logReadings, { readings: [{ ...input }] });
        return say(...loggedCard(result.logged));
      },
    },
    {
      name: 'csv',
      aliases: ['file', 'import'],
      usage: 'log csv [seat] [metric]',
      summary: 'log many numbers from a file or a spreadsheet, after a look at what they would change',
      positional: ['seat', 'metric'],
      named: ['seat', 'metric'],
      run: (_, input) => Promise.resolve(openForm('reading.csv', { ...input })),
    },
  ],
};
