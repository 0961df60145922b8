import { z } from 'zod';
import { moveImport } from '../../../db/imports.ts';
import { NO_COUNTS } from '../../domain/import/plan.ts';
import { conflict } from '../../errors.ts';
import { defineAction } from '../action.ts';
import { atLeast } from '../allow.ts';
import { SAYS, needImport } from './need.ts';
import { nextPart } from './part.ts';

/** Imports a file that was looked at; it goes on by itself, also after a restart. */
export const startImport = defineAction({
  name: 'inventory.start',
  input: z.object({ import: z.string(), byKey: z.boolean() }),
  allow: atLeast('governor'),
  async run({ tx, org, input: { import: id, byKey } }) {
    const found = await needImport(tx, org, id);
    if (found.state !== 'checked') throw conflict(SAYS[found.state], { hint: 'seat import' });
    const to = { state: 'running', position: 0, counts: NO_COUNTS } as const;
    const moved = await moveImport(tx, org, id, found, to);
    if (moved === undefined) throw conflict('Somebody else just decided about it.');
    const { source, fileHash, mappingHash, rows } = found;
    return {
      result: { file: found.fileName, rows },
      audit: { subject: `import:${id}`, facts: { source, fileHash, mappingHash, rows } },
      changed: [`import:${id}`],
      followUps: [nextPart('running', { import: id, at: 0, byKey, again: false, parents: false })],
    };
  },
});
