import { z } from 'zod';
import { channelById } from '../../../db/orgs.ts';
import { notFound } from '../../errors.ts';
import { defineAction } from '../action.ts';
import { atLeast } from '../allow.ts';
import { digestMessage } from './post.ts';

/** Posts the digest of a channel at once, beside its schedule. */
export const postDigestNow = defineAction({
  name: 'digest.post-now',
  /** Channel id. */
  input: z.object({ channel: z.string() }),
  allow: atLeast('governor'),
  async run({ tx, org, now, input }) {
    const channel = await channelById(tx, org, input.channel);
    if (channel === undefined || channel.kind === 'direct') {
      throw notFound(
        'A digest is posted in a channel. Use this command in the channel, and invite Coxswain there first.',
      );
    }
    return {
      result: { name: channel.name },
      audit: { subject: `channel:${channel.id}`, facts: { digest: 'now' } },
      shows: [digestMessage(channel.id, now, false)],
    };
  },
});
