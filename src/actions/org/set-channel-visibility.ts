import { and, eq } from 'drizzle-orm';
import { z } from 'zod';
import { channelById } from '../../../db/orgs.ts';
import { keepRestricted } from '../../../db/visibility.ts';
import { VISIBILITIES } from '../../domain/visibility.ts';
import { notFound } from '../../errors.ts';
import { defineAction } from '../action.ts';
import { atLeast } from '../allow.ts';
import { oneOf, sentence } from '../inputs.ts';

const input = z.object({
  /** Channel id. */
  channel: z.string(),
  visibility: oneOf('a visibility', VISIBILITIES),
  because: sentence('the reason', 1000),
});

/** Says who may see, elsewhere than in the channel itself, the seats that report in it. */
export const setChannelVisibility = defineAction({
  name: 'org.set-channel-visibility',
  input,
  allow: atLeast('governor'),
  async run({ tx, org, input }) {
    const { channels } = tx.t;
    const channel = await channelById(tx, org, input.channel);
    if (channel === undefined || channel.kind === 'direct') {
      throw notFound(
        'Use this in the channel whose seats are not for everyone, and invite Coxswain there first.',
      );
    }
    await tx
      .update(channels)
      .set({ visibility: input.visibility })
      .where(and(eq(channels.org, org), eq(channels.id, channel.id)))
      .returning({ id: channels.id });
    await keepRestricted(tx, org);
    return {
      result: { name: channel.name, from: channel.visibility, to: input.visibility },
      audit: {
        subject: `channel:${channel.id}`,
        facts: { visibility: input.visibility, before: channel.visibility },
        text: { because: input.because },
      },
    };
  },
});
