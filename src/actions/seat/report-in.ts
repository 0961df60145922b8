import { and, eq } from 'drizzle-orm';
import { z } from 'zod';
import { channelById } from '../../../db/orgs.ts';
import type { Db } from '../../../db/store.ts';
import { notFound } from '../../errors.ts';
import { type Visibility, isStricter, stricter } from '../../domain/visibility.ts';
import { type Scope, type Verdict, defineAction } from '../action.ts';
import { atLeast, either, ownerOfNamedSeat } from '../allow.ts';
import { needSeat } from '../find.ts';

/** Key of the seat, and channel id. */
const input = z.object({ seat: z.string({ error: 'Which seat? Give its key.' }), channel: z.string() });

/** Out of a restricted channel more people see it: that takes the right to say who may. */
async function owner(s: Scope<z.output<typeof input>>): Promise<Verdict> {
  const { tx, org } = s;
  const seat = await needSeat(tx, org, s.input.seat);
  const from = await visibilityOf(tx, org, seat.channel);
  const to = await visibilityOf(tx, org, s.input.channel);
  const [before, after] = [stricter(seat.visibility, from), stricter(seat.visibility, to)];
  if (!isStricter(before, after)) return ownerOfNamedSeat()(s);
  const verdict = await ownerOfNamedSeat(['accountable'])(s);
  return verdict.allowed
    ? verdict
    : { ...verdict, why: `Reporting here, more people would see ${seat.name} than where it reports now.` };
}

async function visibilityOf(tx: Db, org: string, channel: string | null): Promise<Visibility> {
  return (channel === null ? undefined : await channelById(tx, org, channel))?.visibility ?? 'everyone';
}

/** Makes a channel the one in which a seat reports: its issues and its line in the digest. */
export const reportIn = defineAction({
  name: 'seat.report-in',
  input,
  allow: either(atLeast('governor'), owner),
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
