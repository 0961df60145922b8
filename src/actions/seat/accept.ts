import { and, eq, isNotNull, isNull } from 'drizzle-orm';
import { z } from 'zod';
import { ownerById } from '../../../db/owners.ts';
import { seatById } from '../../../db/seats.ts';
import { conflict, notFound } from '../../errors.ts';
import { type Scope, type Verdict, defineAction } from '../action.ts';

/** Who was named; nobody accepts for somebody else. */
async function onlyNamed({ tx, org, input, person }: Scope<{ owner: string }>): Promise<Verdict> {
  const offer = await ownerById(tx, org, input.owner);
  if (offer === undefined || offer.person === person?.id) return { allowed: true, right: 'named' };
  return { allowed: false, whoMay: `only ${offer.name}` };
}

/** Accepts an ownership that was offered. Only the named person can. */
export const acceptSeat = defineAction({
  name: 'seat.accept',
  /** `owner`: id of the offer. */
  input: z.object({ owner: z.string() }),
  allow: onlyNamed,
  async run({ tx, org, now, input, person }) {
    const { owners } = tx.t;
    const offer = await ownerById(tx, org, input.owner);
    if (offer === undefined) throw notFound('This offer no longer exists.');
    if (offer.present === null) throw conflict('Somebody else has been named for this role in the meantime.');
    if (offer.acceptedAt !== null) throw conflict('You have already accepted this.');
    const [accepted] = await tx
      .update(owners)
      .set({ acceptedAt: now })
      .where(
        and(
          eq(owners.org, org),
          eq(owners.id, input.owner),
          isNull(owners.acceptedAt),
          isNotNull(owners.present),
        ),
      )
      .returning({ id: owners.id });
    if (accepted === undefined)
      throw conflict('This offer was answered or withdrawn at the same moment. Please look again.');
    const seat = await seatById(tx, org, offer.seat);
    return {
      result: { seat: seat!.key, role: offer.role },
      audit: { subject: `seat:${offer.seat}`, facts: { role: offer.role, accepted: person!.id } },
      changed: [`seat:${offer.seat}`, `offers:${offer.person}`],
    };
  },
});
