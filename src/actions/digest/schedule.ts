import { and, eq } from 'drizzle-orm';
import { z } from 'zod';
import { digestOfChannel } from '../../../db/digests.ts';
import { channelById } from '../../../db/orgs.ts';
import { lastSlot } from '../../../db/slots.ts';
import { type Rule, nextInstant } from '../../domain/calendar.ts';
import { parseSchedule } from '../../domain/schedule.ts';
import { parseZone } from '../../domain/zone-name.ts';
import { invalid, notFound } from '../../errors.ts';
import { newId } from '../../ids.ts';
import { defineAction } from '../action.ts';
import { atLeast, either, ownerOf } from '../allow.ts';
import { listSeats } from '../../../db/seats.ts';

const input = z.object({
  /** Channel id. */
  channel: z.string(),
  /** `mon 09:00`, with or without a zone. */
  when: z.string().default('mon 09:00'),
  zone: z.string(),
});

/** Owners of any seat that reports in the channel. */
const ownerInChannel = async (s: Parameters<ReturnType<typeof ownerOf<z.output<typeof input>>>>[0]) => {
  const seats = await listSeats(s.tx, s.org, { channel: s.input.channel });
  for (const seat of seats) {
    const verdict = await ownerOf<z.output<typeof input>>(() => seat.id)(s);
    if (verdict.allowed) return verdict;
  }
  return { allowed: false as const, whoMay: 'an owner of a seat that reports here' };
};

/** Sets the day, time and zone of the channel's weekly digest. */
export const scheduleDigest = defineAction({
  name: 'digest.schedule',
  input,
  allow: either(atLeast('governor'), ownerInChannel),
  async run({ tx, org, now, input }) {
    const channel = await channelById(tx, org, input.channel);
    if (channel === undefined || channel.kind === 'direct') {
      throw notFound(
        'A digest is posted in a channel. Use this command in the channel, and invite Coxswain there first.',
      );
    }
    const parsed = parseSchedule(input.when);
    const rule: Rule = parsed.rule;
    if (rule.kind !== 'weekly') {
      throw invalid('A digest is weekly: give a day and a time.', {
        hint: 'digest here mon 09:00 Europe/Berlin',
      });
    }
    const zone = parseZone(parsed.zone ?? input.zone);
    const { digests } = tx.t;
    const before = await digestOfChannel(tx, org, channel.id);
    // A clock that was set back must not bring a slot again that was posted already.
    const nextAt = nextInstant(
      rule,
      zone,
      Math.max(now, (await lastSlot(tx, org, 'digest', channel.id)) ?? now),
    );
    if (before === undefined) {
      await tx
        .insert(digests)
        .values({ org, id: newId(), channel: channel.id, rule, zone, active: true, nextAt });
    } else {
      await tx
        .update(digests)
        .set({ rule, zone, active: true, nextAt })
        .where(and(eq(digests.org, org), eq(digests.id, before.id)))
        .returning({ id: digests.id });
    }
    return {
      result: { channel: channel.id, nextAt, zone, rule },
      audit: { subject: `channel:${channel.id}`, facts: { digest: { ...rule }, zone, nextAt } },
    };
  },
});
