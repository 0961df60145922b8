import { z } from 'zod';
import { seatsOfVendor } from '../../../db/vendors.ts';
import { conflict } from '../../errors.ts';
import { defineAction } from '../action.ts';
import { atLeast } from '../allow.ts';
import { needVendors } from '../find.ts';
import { sentence } from '../inputs.ts';
import { changeVendor } from './write.ts';

/** It is no longer a vendor of the organisation. What was known stays, and its key stays taken. */
export const endVendor = defineAction({
  name: 'vendor.end',
  input: z.object({
    vendor: z.string({ error: 'Which vendor? Give its key.' }),
    because: sentence('the reason', 500),
  }),
  allow: atLeast('governor'),
  async run({ tx, org, now, input, person }) {
    const [vendor] = await needVendors(tx, org, [input.vendor]);
    const { key, name, id } = vendor!;
    const seats = await seatsOfVendor(tx, org, id);
    if (seats.length > 0) {
      throw conflict(
        `${name} stands behind ${seats.length === 1 ? 'a seat' : `${seats.length} seats`}: name another vendor there first.`,
        { hint: `seat list vendor=${key}` },
      );
    }
    await changeVendor(tx, { org, now, by: person!.id }, vendor!, { endedAt: now });
    return {
      result: { key, name },
      audit: { subject: `vendor:${id}`, facts: { key }, text: { because: input.because } },
    };
  },
});
