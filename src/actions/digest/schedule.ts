import { and, eq } from 'drizzle-orm';
import { z } from 'zod';
import { digestOfChannel } from '../../../db/digests.ts';
import { lastSlot } from '../../../db/slots.ts';
import { orgById } from '../../../db/orgs.ts';
import { formatSchedule } from '../../domain/schedule.ts';
import { nextInstant } from '../../domain/calendar.ts';
import { firstPlanning } from '../../domain/nudge.ts';
import { newId } from '../../ids.ts';
import { defineAction } from '../action.ts';
import { weeklyRule } from './rule.ts';
import { mayRunDigest, needPostable } from './where.ts';

const input = z.object({
  /** Channel id. */
  channel: z.string(),
  /** `mon 09:00`, with or without a zone. Without it the organisation's usual time. */
  when: z.string().optional(),
  zone: z.string(),
});

/** Sets the day, time and zone of the channel's weekly digest. */
export const scheduleDigest = defineAction({
  name: 'digest.schedule',
  input,
  allow: mayRunDigest,
  async run({ tx, org, now, input }) {
    const channel = await needPostable(tx, org, input.channel);
    const usual = (await orgById(tx, org))?.digestRule;
    const when = input.when ?? (usual == null ? 'mon 09:00' : formatSchedule(usual, '').trim());
    const { rule, zone } = weeklyRule(when, input.zone, 'digest here mon 09:00 Europe/Berlin');
    const { digests } = tx.t;
    const before = await digestOfChannel(tx, org, channel.id);
    // A clock that was set back must not bring a slot again that was posted already.
    const last = await lastSlot(tx, org, 'digest', channel.id);
    const nextAt = nextInstant(rule, zone, Math.max(now, last ?? now));
    const set = { rule, zone, active: true, nextAt, nudgeAt: firstPlanning(nextAt, now) };
    if (before === undefined) {
      await tx.insert(digests).values({ org, id: newId(), channel: channel.id, ...set });
    } else {
      await tx
        .update(digests)
        .set(set)
        .where(and(eq(digests.org, org), eq(digests.id, before.id)))
        .returning({ id: digests.id });
    }
    return {
      result: { channel: channel.id, nextAt, zone, rule },
      audit: { subject: `channel:${channel.id}`, facts: { digest: { ...rule }, zone, nextAt } },
    };
  },
});
