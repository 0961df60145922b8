import { z } from 'zod';
import { dropParts } from '../../../db/imports.ts';
import { defineAction } from '../action.ts';
import { onlyCoxswain } from '../allow.ts';

/** Forgets what the rows of an old import said and became; that there was one stays known. */
export const forgetImport = defineAction({
  name: 'inventory.forget',
  input: z.object({ import: z.string() }),
  allow: onlyCoxswain,
  async run({ tx, org, input: { import: id } }) {
    await dropParts(tx, org, id);
    return {
      result: undefined,
      audit: { subject: `import:${id}`, facts: { forgotten: true } },
      changed: [`import:${id}`],
    };
  },
});
