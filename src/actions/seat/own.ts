import { z } from 'zod';
import { OWNER_ROLES } from '../../domain/seat.ts';
import { defineAction } from '../action.ts';
import { atLeast, either, ownerOfNamedSeat } from '../allow.ts';
import { needSeat } from '../find.ts';
import { oneOf } from '../inputs.ts';
import { nameOwner } from './name-owner.ts';

const input = z.object({
  /** Key of the seat. */
  seat: z.string(),
  role: oneOf('an owner role', OWNER_ROLES),
  /** Person id. */
  person: z.string({ error: 'Please name a person.' }),
});

/** Names an owner of a seat. The role counts as vacant until the person accepts. */
export const ownSeat = defineAction({
  name: 'seat.own',
  input,
  allow: either(atLeast('governor'), ownerOfNamedSeat(['accountable', 'business'])),
  async run({ tx, org, now, input, person }) {
    const seat = await needSeat(tx, org, input.seat);
    const { ended, ...effects } = await nameOwner(tx, {
      org,
      now,
      by: person!.id,
      seat,
      role: input.role,
      person: input.person,
    });
    return {
      result: { seat: seat.key, role: input.role },
      audit: {
        subject: `seat:${seat.id}`,
        facts: { role: input.role, person: input.person, instead: ended },
      },
      ...effects,
    };
  },
});
