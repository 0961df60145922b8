import { eq } from 'drizzle-orm';
import { z } from 'zod';
import { channelById } from '../../../db/orgs.ts';
import { notFound } from '../../errors.ts';
import { defineAction } from '../action.ts';
import { atLeast } from '../allow.ts';

/** Where escalations end that nobody answered. */
export const setGovernanceChannel = defineAction({
  name: 'org.set-governance-channel',
  /** Channel id. */
  input: z.object({ channel: z.string() }),
  allow: atLeast('governor'),
  async run({ tx, org, input }) {
    const channel = await channelById(tx, org, input.channel);
    if (channel === undefined || channel.kind === 'direct') {
      throw notFound(
        'Use this in the channel that shall become the governance channel, and invite Coxswain there first.',
      );
    }
    await tx
      .update(tx.t.orgs)
      .set({ governanceChannel: channel.id })
      .where(eq(tx.t.orgs.id, org))
      .returning({ id: tx.t.orgs.id });
    return {
      result: { name: channel.name },
      audit: { subject: `org:${org}`, facts: { governanceChannel: channel.id } },
    };
  },
});
