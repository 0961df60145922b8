import { addMetric } from '../src/actions/metric/index.ts';
import { perform } from '../src/actions/perform.ts';
import { numberCard } from '../src/cards/answers.ts';
import type { Command } from './command.ts';
import { needPerson } from './people.ts';
import { openForm, toMe } from './reply.ts';

export const metricCommand: Command = {
  name: 'metric',
  aliases: ['metrics'],
  summary: 'The numbers of a seat',
  examples: [
    'metric add claims acceptance quality % higher 90 5',
    'metric add claims latency system ms lower 800 200 owner=@bo',
  ],
  verbs: [
    {
      name: 'add',
      usage:
        'metric add <seat> <key> <system|quality|business|adoption> <unit> <higher|lower|range> <target> [tolerance] [high=…] [owner=@person] [name="…"]',
      summary: 'add a number; alone it opens a form',
      positional: ['seat', 'key', 'category', 'unit', 'direction', 'target', 'tolerance'],
      named: [
        'seat',
        'key',
        'name',
        'category',
        'unit',
        'direction',
        'target',
        'tolerance',
        'targetHigh|high',
        'cadence',
        'owner',
      ],
      async run(asked, input) {
        if (input['target'] === undefined) return openForm('metric.add', { ...input });
        const owner =
          input['owner'] === undefined ? {} : { owner: (await needPerson(asked, input['owner'])).id };
        const metric = await perform(asked, addMetric, {
          ...input,
          category: input['category']?.toLowerCase(),
          direction: input['direction']?.toLowerCase(),
          ...owner,
        });
        return toMe(numberCard(metric));
      },
    },
  ],
};
