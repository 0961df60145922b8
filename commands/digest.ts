import { postDigestNow, scheduleDigest } from '../src/actions/digest/index.ts';
import { perform } from '../src/actions/perform.ts';
import { digestCard } from '../src/cards/digest.ts';
import { formatSchedule } from '../src/domain/schedule.ts';
import { invalid } from '../src/errors.ts';
import { loadDigest } from '../src/queries/digest.ts';
import { note, paragraph } from '../src/ui/card.ts';
import { bold, datetime } from '../src/ui/text.ts';
import type { Asked, Command } from './command.ts';
import { say, toMe } from './reply.ts';

async function needChannel(asked: Asked): Promise<string> {
  const channel = await asked.channel();
  if (channel !== undefined) return channel;
  throw invalid('A digest belongs to a channel: type this in the channel where it shall be posted.', {
    hint: 'digest here mon 09:00 Europe/Berlin',
  });
}

export const digestCommand: Command = {
  name: 'digest',
  summary: 'The weekly post in a channel',
  defaultVerb: 'preview',
  examples: ['digest here mon 09:00 Europe/Berlin', 'digest preview', 'digest now'],
  verbs: [
    {
      name: 'here',
      usage: 'digest here <day> <time> [zone]',
      summary: 'post it in this channel every week',
      positional: ['...when'],
      async run(asked, input) {
        const channel = await needChannel(asked);
        const when = input['when'] === undefined || input['when'] === '' ? {} : { when: input['when'] };
        const { nextAt, zone, rule } = await perform(asked, scheduleDigest, {
          channel,
          zone: asked.zone,
          ...when,
        });
        return say(
          'The digest is set',
          paragraph(
            'Every week, ',
            bold(formatSchedule(rule, zone)),
            '. The next one: ',
            datetime(nextAt, zone),
            '.',
          ),
          note('See it now with “digest preview”.'),
        );
      },
    },
    {
      name: 'preview',
      usage: 'digest preview',
      summary: 'only you see it, nothing is posted',
      positional: [],
      async run(asked) {
        const channel = await needChannel(asked);
        return toMe(
          digestCard(await loadDigest(asked.store.read, asked.org, channel, asked.clock.now()), false),
        );
      },
    },
    {
      name: 'now',
      usage: 'digest now',
      summary: 'post it at once',
      positional: [],
      async run(asked) {
        const { name } = await perform(asked, postDigestNow, { channel: await needChannel(asked) });
        return { kind: 'done', say: `The digest is being posted in #${name}.` };
      },
    },
  ],
};
