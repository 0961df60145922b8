import { and, eq } from 'drizzle-orm';
import { z } from 'zod';
import { priorityByRef } from '../../../db/priorities.ts';
import { conflict } from '../../errors.ts';
import { defineAction } from '../action.ts';
import { optionalText } from '../inputs.ts';
import { mayEndPriority, needPriority } from './find.ts';

const input = z.object({
  /** `CLAIMS-P1`. */
  priority: z.string({ error: 'Which priority? Give its name, like CLAIMS-P1.' }),
  state: z.enum(['done', 'dropped']),
  note: optionalText('the note', 1000),
});

/** A priority is reached, or given up. What was given up leaves its place to another one. */
export const endPriority = defineAction({
  name: 'priority.end',
  input,
  allow: mayEndPriority,
  async run({ tx, org, now, input }) {
    const { priorities } = tx.t;
    const priority = await needPriority(tx, org, input.priority);
    const [ended] = await tx
      .update(priorities)
      .set({
        state: input.state,
        endedAt: now,
        note: input.note ?? null,
        ...(input.state === 'dropped' ? { place: null } : {}),
      })
      .where(and(eq(priorities.org, org), eq(priorities.id, priority.id), eq(priorities.state, 'open')))
      .returning({ id: priorities.id });
    if (ended === undefined) {
      const state = (await priorityByRef(tx, org, priority.ref))?.state ?? priority.state;
      throw conflict(`${priority.ref} is already ${state}.`, { hint: 'priority list' });
    }
    return {
      result: { ref: priority.ref, state: input.state },
      audit: {
        subject: `seat:${priority.seat}`,
        facts: { priority: priority.id, ref: priority.ref, state: input.state },
        ...(input.note === undefined ? {} : { text: { note: input.note } }),
      },
    };
  },
});
