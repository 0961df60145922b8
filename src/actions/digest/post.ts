import { and, eq } from 'drizzle-orm';
import { z } from 'zod';
import { digestById } from '../../../db/digests.ts';
import { nextInstant } from '../../domain/calendar.ts';
import { nextPlanning } from '../../domain/nudge.ts';
import { type Effects, defineAction } from '../action.ts';
import { onlyCoxswain } from '../allow.ts';
import { digestMessages } from './messages.ts';
import { claimSlot } from './slot.ts';

const input = z.object({
  digest: z.string(),
  /** The instant it is due for: the slot. */
  nominal: z.number(),
});

/**
 * The weekly post of a channel. After a stop only the latest slot is posted, and says that it is late; older ones
 * are recorded as missed.
 */
export const postDigest = defineAction({
  name: 'digest.post',
  input,
  allow: onlyCoxswain,
  async run({ tx, org, now, input }) {
    const { digests } = tx.t;
    const { nominal } = input;
    const { id, rule, zone, channel } = (await digestById(tx, org, input.digest))!;
    const audit = { subject: `channel:${channel}`, facts: { digest: id, nominal } };
    const nextAt = nextInstant(rule, zone, now);
    const [moved] = await tx
      .update(digests)
      .set({ nextAt, nudgeAt: nextPlanning(nextAt, now) })
      .where(and(eq(digests.org, org), eq(digests.id, id), eq(digests.nextAt, nominal)))
      .returning({ id: digests.id });
    if (moved === undefined) return { result: { posted: false }, audit } satisfies Effects<unknown>;

    const due = { org, job: 'digest', target: channel, rule, zone, nominal };
    const { latest, outcome, posted } = await claimSlot(tx, due, now);
    return {
      result: { posted },
      audit: { ...audit, facts: { ...audit.facts, slot: latest, outcome } },
      shows: posted ? digestMessages(channel, latest, outcome === 'late') : [],
    };
  },
});
