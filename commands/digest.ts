import { pauseDigest, postDigestNow, scheduleDigest } from '../src/actions/digest/index.ts';
import { perform } from '../src/actions/perform.ts';
import { digestCard, digestListCard } from '../src/cards/digest.ts';
import { hasRole } from '../src/domain/person.ts';
import { formatSchedule } from '../src/domain/schedule.ts';
import { loadDigest, loadDigestList } from '../src/queries/digest.ts';
import { note, paragraph } from '../src/ui/card.ts';
import { bold, datetime } from '../src/ui/text.ts';
import type { Asked, Command } from './command.ts';
import { executive } from './executive.ts';
import { postableHere } from './here.ts';
import { say, toMe } from './reply.ts';

const EXAMPLE = 'digest here mon 09:00 Europe/Berlin';
const here = (asked: Asked): Promise<string> => postableHere(asked, EXAMPLE);

export const digestCommand: Command = {
  name: 'digest',
  summary: 'The weekly post in a channel',
  defaultVerb: 'preview',
  examples: [EXAMPLE, 'digest preview', 'digest pause', 'digest executive me mon 08:00'],
  verbs: [
    {
      name: 'here',
      usage: 'digest here <day> <time> [zone]',
      summary: 'post it in this channel every week',
      positional: ['...when'],
      async run(asked, input) {
        const when = input['when'] === undefined || input['when'] === '' ? {} : { when: input['when'] };
        const { nextAt, zone, rule } = await perform(asked, scheduleDigest, {
          channel: await here(asked),
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
        const now = asked.clock.now();
        return toMe(digestCard(await loadDigest(asked.store.read, asked.org, await here(asked), now), false));
      },
    },
    {
      name: 'now',
      usage: 'digest now',
      summary: 'post it at once',
      positional: [],
      async run(asked) {
        const { name } = await perform(asked, postDigestNow, { channel: await here(asked) });
        return { kind: 'done', say: `The digest is being posted in #${name}.` };
      },
    },
    {
      name: 'pause',
      usage: 'digest pause',
      summary: 'no digest in this channel until it is resumed',
      positional: [],
      async run(asked) {
        const { name } = await perform(asked, pauseDigest, { channel: await here(asked), paused: true });
        return say(
          `The digest of #${name} is paused`,
          paragraph('No digest is posted and nobody is reminded. It goes on with “digest resume”.'),
        );
      },
    },
    {
      name: 'resume',
      usage: 'digest resume',
      summary: 'go on with the digest of this channel',
      positional: [],
      async run(asked) {
        const input = { channel: await here(asked), paused: false };
        const { name, nextAt, zone } = await perform(asked, pauseDigest, input);
        return say(
          `The digest of #${name} goes on`,
          paragraph('The next one: ', datetime(nextAt, zone), '.'),
        );
      },
    },
    {
      name: 'list',
      usage: 'digest list',
      summary: 'every weekly digest, its next time, and what became of the last one',
      positional: [],
      async run(asked) {
        const all = hasRole(asked.me.role, 'governor');
        return toMe(
          digestListCard(await loadDigestList(asked.store.read, asked.org, asked.clock.now(), all)),
        );
      },
    },
    {
      name: 'executive',
      usage: 'digest executive here|me|preview|off [day time zone]',
      summary: 'all seats on one page, weekly, for this channel or for you',
      positional: ['what', '...when'],
      run: (asked, input) =>
        executive(asked, (input['what'] ?? '').toLowerCase(), (input['when'] ?? '').trim()),
    },
  ],
};
