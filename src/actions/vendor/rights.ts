import { seatsOwnedBy } from '../../../db/owners.ts';
import { allVendors, seatsOfVendor, vendorsOfSeats } from '../../../db/vendors.ts';
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

/** Whoever recorded it may put right what they wrote, until a seat depends on it. */
async function recorder({ tx, org, input, person }: Scope<{ vendor: string }>): Promise<Verdict> {
  const vendor = (await allVendors(tx, org)).find(({ key }) => key === input.vendor.toLowerCase());
  if (vendor === undefined || vendor.createdBy !== person?.id) return { allowed: false, whoMay: '' };
  if ((await seatsOfVendor(tx, org, vendor.id)).length === 0) return { allowed: true, right: 'recorder' };
  return {
    allowed: false,
    whoMay: '',
    why: `You recorded ${vendor.name}, but a seat depends on it now.`,
  };
}

export const mayChangeVendor = either(atLeast('governor'), ownerBehind, recorder);
