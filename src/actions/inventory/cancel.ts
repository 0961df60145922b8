import { z } from 'zod';
import { dropParts, moveImport } from '../../../db/imports.ts';
import { conflict } from '../../errors.ts';
import { defineAction } from '../action.ts';
import { atLeast } from '../allow.ts';
import { SAYS, needImport } from './need.ts';

/** Leaves a file that was given. */
export const cancelImport = defineAction({
  name: 'inventory.cancel',
  input: z.object({ import: z.string() }),
  allow: atLeast('governor'),
  async run({ tx, org, now, input: { import: id } }) {
    const found = await needImport(tx, org, id);
    if (found.state !== 'checked' && found.state !== 'checking')
      throw conflict(SAYS[found.state], { hint: 'seat import' });
    const moved = await moveImport(tx, org, id, found, { state: 'cancelled', endedAt: now });
    if (moved === undefined) throw conflict('Somebody else just decided about it.');
    await dropParts(tx, org, id);
    return {
      result: { file: found.fileName },
      audit: { subject: `import:${id}`, facts: { cancelled: true } },
      changed: [`import:${id}`],
    };
  },
});
