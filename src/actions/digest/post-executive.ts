import { and, eq } from 'drizzle-orm';
import { z } from 'zod';
import { executiveById } from '../../../db/executive.ts';
import { nextInstant } from '../../domain/calendar.ts';
import { type Effects, defineAction } from '../action.ts';
import { onlyCoxswain } from '../allow.ts';
import { claimSlot } from './slot.ts';
import { executiveTarget } from './where.ts';

const input = z.object({ executive: z.string(), nominal: z.number() });

/** The weekly digest of the whole organisation, once a slot like that of a channel. */
export const postExecutive = defineAction({
  name: 'digest.post-executive',
  input,
  allow: onlyCoxswain,
  async run({ tx, org, now, input }) {
    const { executiveDigests: t } = tx.t;
    const { nominal } = input;
    const { id, rule, zone, toKind, toId } = (await executiveById(tx, org, input.executive))!;
    const target = executiveTarget({ toKind, toId });
    const audit = { subject: target, facts: { executive: id, nominal } };
    const [moved] = await tx
      .update(t)
      .set({ nextAt: nextInstant(rule, zone, now) })
      .where(and(eq(t.org, org), eq(t.id, id), eq(t.nextAt, nominal)))
      .returning({ id: t.id });
    if (moved === undefined) return { result: { posted: false }, audit } satisfies Effects<unknown>;

    const due = { org, job: 'executive', target, rule, zone, nominal };
    const { latest, outcome, posted } = await claimSlot(tx, due, now);
    const message = {
      key: `executive:${target}:${latest}`,
      to: { kind: toKind, id: toId },
      view: 'executive',
      args: { at: latest, late: outcome === 'late' },
      subject: `executive:${target}`,
    };
    return {
      result: { posted },
      audit: { ...audit, facts: { ...audit.facts, slot: latest, outcome } },
      shows: posted ? [message] : [],
    };
  },
});
