import { and, eq } from 'drizzle-orm';
import { z } from 'zod';
import { executiveTo } from '../../../db/executive.ts';
import { lastSlot } from '../../../db/slots.ts';
import { nextInstant } from '../../domain/calendar.ts';
import { newId } from '../../ids.ts';
import { defineAction } from '../action.ts';
import { atLeast } from '../allow.ts';
import { needMember } from '../find.ts';
import { weeklyRule } from './rule.ts';
import { executiveTarget, needPostable } from './where.ts';

const input = z.object({
  toKind: z.enum(['person', 'channel']),
  /** Person id or channel id. */
  toId: z.string(),
  when: z.string().default('mon 09:00'),
  zone: z.string(),
});

/** Sets the weekly digest of the whole organisation, for a person or a channel. */
export const scheduleExecutive = defineAction({
  name: 'digest.schedule-executive',
  input,
  allow: atLeast('governor'),
  async run({ tx, org, now, input }) {
    const { toKind, toId } = input;
    if (toKind === 'channel') await needPostable(tx, org, toId);
    else await needMember(tx, org, toId, 'get the executive digest', 'person');
    const { rule, zone } = weeklyRule(input.when, input.zone, 'digest executive me mon 08:00 Europe/Berlin');
    const { executiveDigests: t } = tx.t;
    const before = await executiveTo(tx, org, { toKind, toId });
    const last = await lastSlot(tx, org, 'executive', executiveTarget(input));
    const nextAt = nextInstant(rule, zone, Math.max(now, last ?? now));
    const set = { rule, zone, active: true, nextAt };
    if (before === undefined) {
      await tx.insert(t).values({ org, id: newId(), toKind, toId, ...set });
    } else {
      await tx
        .update(t)
        .set(set)
        .where(and(eq(t.org, org), eq(t.id, before.id)))
        .returning({ id: t.id });
    }
    return {
      result: { nextAt, zone, rule },
      audit: { subject: executiveTarget(input), facts: { executive: { ...rule }, zone, nextAt } },
    };
  },
});
