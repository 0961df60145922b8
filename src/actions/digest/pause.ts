import { and, eq } from 'drizzle-orm';
import { z } from 'zod';
import { lastSlot } from '../../../db/slots.ts';
import { nextInstant } from '../../domain/calendar.ts';
import { firstPlanning } from '../../domain/nudge.ts';
import { conflict } from '../../errors.ts';
import { defineAction } from '../action.ts';
import { mayRunDigest, needDigest, needPostable } from './where.ts';

/** Channel id, and whether it shall rest or go on. */
const input = z.object({ channel: z.string(), paused: z.boolean() });

/** Lets the digest of a channel rest, or go on: with the next one, not with those that were left out. */
export const pauseDigest = defineAction({
  name: 'digest.pause',
  input,
  allow: mayRunDigest,
  async run({ tx, org, now, input }) {
    const channel = await needPostable(tx, org, input.channel);
    const { id, rule, zone } = await needDigest(tx, org, channel.id);
    const { digests } = tx.t;
    const last = await lastSlot(tx, org, 'digest', channel.id);
    const nextAt = nextInstant(rule, zone, Math.max(now, last ?? now));
    const nudgeAt = input.paused ? null : firstPlanning(nextAt, now);
    const [moved] = await tx
      .update(digests)
      .set(input.paused ? { active: false, nudgeAt } : { active: true, nextAt, nudgeAt })
      .where(and(eq(digests.org, org), eq(digests.id, id), eq(digests.active, input.paused)))
      .returning({ id: digests.id });
    if (moved === undefined) {
      throw conflict(`The digest of #${channel.name} is ${input.paused ? 'paused' : 'running'} already.`, {
        hint: input.paused ? 'digest resume' : 'digest list',
      });
    }
    return {
      result: { name: channel.name, paused: input.paused, nextAt, zone },
      audit: { subject: `channel:${channel.id}`, facts: { digest: id, paused: input.paused } },
    };
  },
});
