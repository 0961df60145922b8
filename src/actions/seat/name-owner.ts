import { and, eq } from 'drizzle-orm';
import { ownersOfSeat } from '../../../db/owners.ts';
import type { Db } from '../../../db/store.ts';
import type { Seat } from '../../../db/seats.ts';
import type { OwnerRole } from '../../domain/seat.ts';
import { conflict } from '../../errors.ts';
import { DAY } from '../../clock.ts';
import { dayText } from '../../domain/dates.ts';
import { newId } from '../../ids.ts';
import type { Effects } from '../action.ts';
import { needMember } from '../find.ts';

interface Naming {
  readonly org: string;
  readonly now: number;
  readonly by: string;
  readonly seat: Pick<Seat, 'id' | 'key'>;
  readonly role: OwnerRole;
  readonly person: string;
}

/**
 * Names a person for a role: the present owner's time ends, the new one is asked to accept. All that somebody is
 * named for on one day (UTC) stands in one direct message.
 * Who names themself has accepted by doing so.
 */
export async function nameOwner(
  tx: Db,
  n: Naming,
): Promise<Pick<Effects<unknown>, 'shows' | 'changed'> & { ended: string | null }> {
  const { owners } = tx.t;
  const person = await needMember(tx, n.org, n.person, 'own a seat', 'person');
  const before = (await ownersOfSeat(tx, n.org, n.seat.id)).find((o) => o.role === n.role);
  if (before?.person === n.person) {
    throw conflict(`${person.name} is already named as ${n.role} of ${n.seat.key}.`, {
      hint: `seat show ${n.seat.key}`,
    });
  }
  if (before !== undefined) {
    await tx
      .update(owners)
      .set({ endedAt: n.now, present: null })
      .where(and(eq(owners.org, n.org), eq(owners.id, before.id)))
      .returning({ id: owners.id });
  }
  const id = newId();
  await tx.insert(owners).values({
    org: n.org,
    id,
    seat: n.seat.id,
    role: n.role,
    person: n.person,
    namedAt: n.now,
    namedBy: n.by,
    acceptedAt: n.person === n.by ? n.now : null,
    present: `${n.seat.id}:${n.role}`,
  });
  const day = dayText(Math.floor(n.now / DAY));
  return {
    ended: before?.person ?? null,
    shows:
      n.person === n.by
        ? []
        : [
            {
              key: `offers:${n.person}:${day}`,
              to: { kind: 'person', id: n.person },
              view: 'offers',
              args: { person: n.person, day },
              subject: `offers:${n.person}`,
            },
          ],
    changed: [`seat:${n.seat.id}`, ...(before === undefined ? [] : [`offers:${before.person}`])],
  };
}
