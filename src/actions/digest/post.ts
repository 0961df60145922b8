import { and, eq } from 'drizzle-orm';
import { z } from 'zod';
import { digestById } from '../../../db/digests.ts';
import type { Wanted } from '../../../db/messages.ts';
import { recordSlot } from '../../../db/work.ts';
import { HOUR, type Instant } from '../../clock.ts';
import { instantsBetween, latestInstant, nextInstant } from '../../domain/calendar.ts';
import { type Effects, defineAction } from '../action.ts';
import { onlyCoxswain } from '../allow.ts';

/** A digest that is later than this is not posted any more: the next one is near enough. */
const DIGEST_GRACE = 36 * HOUR;

const input = z.object({
  digest: z.string(),
  /** The instant it is due for: the slot. */
  nominal: z.number(),
});

/** The digest's message of one week; its key makes it one, whatever crashes or runs twice. */
export const digestMessage = (channel: string, nominal: Instant, late: boolean): Wanted => ({
  key: `digest:${channel}:${nominal}`,
  to: { kind: 'channel', id: channel },
  view: 'digest',
  args: { channel, at: nominal, late },
  subject: `digest:${channel}`,
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
    const digest = (await digestById(tx, org, input.digest))!;
    const { rule, zone, channel } = digest;
    const audit = { subject: `channel:${channel}`, facts: { digest: digest.id, nominal: input.nominal } };
    const [moved] = await tx
      .update(digests)
      .set({ nextAt: nextInstant(rule, zone, now) })
      .where(and(eq(digests.org, org), eq(digests.id, digest.id), eq(digests.nextAt, input.nominal)))
      .returning({ id: digests.id });
    if (moved === undefined) return { result: { posted: false }, audit } satisfies Effects<unknown>;

    const latest = Math.max(input.nominal, latestInstant(rule, zone, now));
    const outcome = now - latest > DIGEST_GRACE ? 'missed' : now - latest > HOUR ? 'late' : 'on time';
    const slot = { org, job: 'digest', target: channel, ranAt: now };
    if (latest !== input.nominal) {
      const between = instantsBetween(rule, zone, input.nominal, latest - 1);
      for (const nominal of [input.nominal, ...between])
        await recordSlot(tx, { ...slot, nominal, outcome: 'missed' });
    }
    const first = await recordSlot(tx, { ...slot, nominal: latest, outcome });
    const posted = first && outcome !== 'missed';
    return {
      result: { posted },
      audit: { ...audit, facts: { ...audit.facts, slot: latest, outcome } },
      shows: posted ? [digestMessage(channel, latest, outcome === 'late')] : [],
    };
  },
});
