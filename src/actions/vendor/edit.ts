import { z } from 'zod';
import { defineAction } from '../action.ts';
import { sentence } from '../inputs.ts';
import { needVendors } from '../find.ts';
import { vendorInput } from './record-input.ts';
import { mayChangeVendor } from './rights.ts';
import { changeVendor } from './write.ts';

const input = z.object({
  /** Key of the vendor. */
  vendor: z.string({ error: 'Which vendor? Give its key.' }),
  name: sentence('the name of the vendor', 120).optional(),
  record: vendorInput.default({}),
  /** The revision that was looked at. */
  seen: z.coerce.number().int().optional(),
});

/** Changes what is known of a vendor. What was known before is kept. */
export const editVendor = defineAction({
  name: 'vendor.edit',
  input,
  allow: mayChangeVendor,
  async run({ tx, org, now, input, person }) {
    const { vendor: key, name, record, seen } = input;
    const [vendor] = await needVendors(tx, org, [key]);
    const given = { ...record, ...(name === undefined ? {} : { name }) };
    const changed = await changeVendor(tx, { org, now, by: person!.id }, vendor!, given, seen);
    const text = JSON.parse(JSON.stringify(given)) as Record<string, string>;
    return {
      result: { key: vendor!.key, name: name ?? vendor!.name, changed: [...changed] },
      audit: { subject: `vendor:${vendor!.id}`, facts: { key: vendor!.key, changed: [...changed] }, text },
    };
  },
});
