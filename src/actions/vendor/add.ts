import { z } from 'zod';
import { allVendors } from '../../../db/vendors.ts';
import { parseKey } from '../../domain/seat.ts';
import { conflict } from '../../errors.ts';
import { defineAction } from '../action.ts';
import { anyone } from '../allow.ts';
import { sentence } from '../inputs.ts';
import { vendorInput } from './record-input.ts';
import { createVendor } from './write.ts';

const input = z.object({
  key: z.string({ error: 'Please give a key.' }).transform((text) => parseKey(text, 'vendor')),
  name: sentence('the name of the vendor', 120),
  record: vendorInput.default({}),
});

/** Adds a vendor of the organisation, for seats to name. */
export const addVendor = defineAction({
  name: 'vendor.add',
  input,
  allow: anyone,
  async run({ tx, org, now, input, person }) {
    const { key, name, record } = input;
    const there = (await allVendors(tx, org)).find((vendor) => vendor.key === key);
    if (there !== undefined) {
      const ended = there.endedAt === null ? '' : ', which is no longer one';
      throw conflict(`There is already a vendor “${key}”${ended}.`, {
        hint: `vendor show ${key}`,
        fields: { key: 'This key is taken.' },
      });
    }
    const vendor = await createVendor(tx, { org, now, by: person!.id }, { ...record, key, name });
    const text = JSON.parse(JSON.stringify({ name, ...record })) as Record<string, string>;
    return {
      result: { key },
      audit: { subject: `vendor:${vendor.id}`, facts: { key }, text },
    };
  },
});
