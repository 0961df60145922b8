import { z } from 'zod';
import { defineAction } from '../action.ts';
import { needVendors } from '../find.ts';
import { mayChangeVendor } from './rights.ts';
import { changeVendor } from './write.ts';

/** Somebody has looked at what is known of a vendor, and it is right. */
export const reviewVendor = defineAction({
  name: 'vendor.review',
  input: z.object({ vendor: z.string({ error: 'Which vendor? Give its key.' }) }),
  allow: mayChangeVendor,
  async run({ tx, org, now, input, person }) {
    const [vendor] = await needVendors(tx, org, [input.vendor]);
    const by = person!.id;
    await changeVendor(tx, { org, now, by }, vendor!, { reviewedAt: now, reviewedBy: by });
    const { id, key } = vendor!;
    return { result: { key }, audit: { subject: `vendor:${id}`, facts: { key, reviewed: by } } };
  },
});
