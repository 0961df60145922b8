import { z } from 'zod';
import { NO_COUNTS } from '../../domain/import/plan.ts';
import { newId, sha256 } from '../../ids.ts';
import { defineAction } from '../action.ts';
import { atLeast } from '../allow.ts';

/** Keeps the titles of a file, so that the mapping guessed from them can be fetched later, too. */
export const sketchInventory = defineAction({
  name: 'inventory.sketch',
  input: z.object({ fileName: z.string().max(300), titles: z.array(z.string().max(10_000)).max(1000) }),
  allow: atLeast('governor'),
  async run({ tx, org, now, input: { fileName, titles }, person }) {
    const id = newId();
    const hash = sha256(JSON.stringify(titles));
    await tx.insert(tx.t.imports).values({
      org,
      id,
      by: person!.id,
      state: 'sketched',
      source: '',
      fileName,
      fileHash: hash,
      mappingHash: '',
      overwrite: false,
      rows: 0,
      position: 0,
      counts: NO_COUNTS,
      notes: titles,
      createdAt: now,
      endedAt: now,
      fault: null,
    });
    return {
      result: { id },
      audit: { subject: `import:${id}`, facts: { titles: titles.length, hash }, text: { fileName } },
    };
  },
});
