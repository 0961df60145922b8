import { and, eq } from 'drizzle-orm';
import { z } from 'zod';
import { notFound } from '../../errors.ts';
import { defineAction } from '../action.ts';
import { type Scope, type Verdict } from '../action.ts';
import { atLeast, either } from '../allow.ts';
import { executiveTarget } from './where.ts';

const input = z.object({ toKind: z.enum(['person', 'channel']), toId: z.string() });
type Input = z.output<typeof input>;

/** One's own digest can always be ended. */
const itsReader = (s: Scope<Input>): Verdict =>
  s.input.toKind === 'person' && s.person?.id === s.input.toId
    ? { allowed: true, right: 'reader' }
    : { allowed: false, whoMay: 'its reader' };

/** Ends the executive digest of a person or a channel. */
export const stopExecutive = defineAction({
  name: 'digest.stop-executive',
  input,
  allow: either(atLeast('governor'), itsReader),
  async run({ tx, org, input }) {
    const { executiveDigests: t } = tx.t;
    const [ended] = await tx
      .update(t)
      .set({ active: false })
      .where(and(eq(t.org, org), eq(t.toKind, input.toKind), eq(t.toId, input.toId), eq(t.active, true)))
      .returning({ id: t.id });
    if (ended === undefined) {
      throw notFound(
        input.toKind === 'channel'
          ? 'No executive digest comes to this channel.'
          : 'No executive digest comes to you.',
        { hint: 'digest executive me mon 08:00' },
      );
    }
    return {
      result: { ended: true },
      audit: { subject: executiveTarget(input), facts: { executive: ended.id, active: false } },
    };
  },
});
