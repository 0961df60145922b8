import { z } from 'zod';
import { defineAction } from '../action.ts';
import { atLeast } from '../allow.ts';
import { digestMessages } from './messages.ts';
import { needPostable } from './where.ts';

/** Posts the digest of a channel at once, beside its schedule. */
export const postDigestNow = defineAction({
  name: 'digest.post-now',
  /** Channel id. */
  input: z.object({ channel: z.string() }),
  allow: atLeast('governor'),
  async run({ tx, org, now, input }) {
    const channel = await needPostable(tx, org, input.channel);
    return {
      result: { name: channel.name },
      audit: { subject: `channel:${channel.id}`, facts: { digest: 'now' } },
      shows: digestMessages(channel.id, now, false),
    };
  },
});
