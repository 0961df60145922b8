import { ownersNamedBetween } from '../../db/owners.ts';
import { peopleByIds } from '../../db/people.ts';
import type { Db } from '../../db/store.ts';
import { DAY } from '../clock.ts';
import type { OwnerRole } from '../domain/seat.ts';

export interface Offer {
  readonly id: string;
  readonly role: OwnerRole;
  readonly seatKey: string;
  readonly seatName: string;
  readonly accountability: string;
  readonly namedBy: { readonly id: string; readonly name: string } | undefined;
  readonly state: 'open' | 'accepted' | 'over';
}

/** What somebody else named a person for on one day (UTC, `2026-11-20`), in that order. */
export async function loadOffers(db: Db, org: string, person: string, day: string): Promise<Offer[]> {
  const from = Date.parse(day);
  const rows = (await ownersNamedBetween(db, org, person, from, from + DAY)).filter(
    ({ owner }) => owner.namedBy !== person,
  );
  const namers = await peopleByIds(
    db,
    org,
    rows.flatMap(({ owner }) => owner.namedBy ?? []),
  );
  return rows.map(({ owner, seat }) => ({
    id: owner.id,
    role: owner.role,
    seatKey: seat.key,
    seatName: seat.name,
    accountability: seat.accountability,
    namedBy: owner.namedBy === null ? undefined : namers.get(owner.namedBy),
    state: owner.present === null ? 'over' : owner.acceptedAt === null ? 'open' : 'accepted',
  }));
}
