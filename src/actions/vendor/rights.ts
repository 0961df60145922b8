import { seatsOwnedBy } from '../../../db/owners.ts';
import { vendorsOfSeats } from '../../../db/vendors.ts';
import { type Scope, type Verdict } from '../action.ts';
import { atLeast, either } from '../allow.ts';

/** Accepted owners of a seat behind which the vendor stands. */
async function ownerBehind({ tx, org, input, person }: Scope<{ vendor: string }>): Promise<Verdict> {
  const owned = person === undefined ? [] : await seatsOwnedBy(tx, org, person.id);
  const behind = await vendorsOfSeats(
    tx,
    org,
    owned.map(({ seat }) => seat.id),
  );
  const mine = [...behind.values()].flat().some(({ key }) => key === input.vendor.toLowerCase());
  return mine
    ? { allowed: true, right: 'owner:vendor' }
    : { allowed: false, whoMay: 'an owner of a seat that it stands behind' };
}

export const mayChangeVendor = either(atLeast('governor'), ownerBehind);
