import { and, eq } from 'drizzle-orm';
import { z } from 'zod';
import { channelById } from '../../../db/orgs.ts';
import { notFound } from '../../errors.ts';
import { defineAction } from '../action.ts';
import { atLeast, either, ownerOfNamedSeat } from '../allow.ts';
import { needSeat } from '../find.ts';

/** Makes a channel the one in which a seat reports: its issues and its line in the digest. */
export const reportIn = defineAction({
  name: 'seat.report-in',
  /** Key of the seat, and channel id. */
  input: z.object({ seat: z.string({ error: 'Which seat? Give its key.' }), channel: z.string() }),
  allow: either(atLeast('governor'), ownerOfNamedSeat()),
  async run({ tx, org, input }) {
    const seat = await needSeat(tx, org, input.seat);
    const channel = await channelById(tx, org, input.channel);
    if (channel === undefined || channel.kind === 'direct') {
      throw notFound('A seat reports in a channel. Use this command there, and invite Coxswain first.');
    }
    await tx
      .update(tx.t.seats)
      .set({ channel: channel.id })
      .where(and(eq(tx.t.seats.org, org), eq(tx.t.seats.id, seat.id)))
      .returning({ id: tx.t.seats.id });
    return {
      result: { seat: seat.key, name: channel.name },
      audit: { subject: `seat:${seat.id}`, facts: { channel: channel.id, before: seat.channel } },
      changed: [`seat:${seat.id}`],
    };
  },
});
