import { and, eq, inArray } from 'drizzle-orm';
import type { Message } from './messages.ts';
import type { Db } from './store.ts';

/** Puts a message that was set aside back into sending; false when it is not aside any more. */
export async function sendOnceMore(tx: Db, { org, id, state }: Message): Promise<boolean> {
  const { messages, deliveries } = tx.t;
  const held = state === 'held';
  const rows = await tx
    .update(messages)
    .set({ state: 'live', tryAt: 0, tries: 0, reason: null, ...(held ? { mayRepeat: true } : {}) })
    .where(and(eq(messages.org, org), eq(messages.id, id), inArray(messages.state, ['parked', 'held'])))
    .returning({ id: messages.id });
  if (rows.length === 0) return false;
  // Somebody has decided: the attempt whose outcome is open holds nothing up any more.
  await tx
    .update(deliveries)
    .set({ outcome: 'transient', detail: 'it was decided to send it again' })
    .where(
      and(
        eq(deliveries.org, org),
        eq(deliveries.message, id),
        inArray(deliveries.outcome, ['unknown', 'sending']),
      ),
    )
    .returning({ id: deliveries.id });
  return true;
}

/** Gives up a message that was set aside, or takes the mark *may repeat* off; false when there is nothing of both. */
export async function letGo(tx: Db, { org, id }: Message): Promise<boolean> {
  const { messages } = tx.t;
  const one = and(eq(messages.org, org), eq(messages.id, id));
  const aside = await tx
    .update(messages)
    .set({ state: 'withdrawn', reason: 'given up by a person', mayRepeat: false, tryAt: null })
    .where(and(one, inArray(messages.state, ['parked', 'held'])))
    .returning({ id: messages.id });
  if (aside.length > 0) return true;
  const marked = await tx
    .update(messages)
    .set({ mayRepeat: false })
    .where(and(one, eq(messages.mayRepeat, true)))
    .returning({ id: messages.id });
  return marked.length > 0;
}
