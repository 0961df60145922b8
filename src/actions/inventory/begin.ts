import { z } from 'zod';
import { openImport } from '../../../db/imports.ts';
import { NO_COUNTS } from '../../domain/import/plan.ts';
import { newId } from '../../ids.ts';
import { defineAction } from '../action.ts';
import { mayImport } from './may.ts';

const hash = z.string().regex(/^[0-9a-f]{64}$/);

export const aboutImport = z.object({
  source: z.string().max(60),
  fileName: z.string().max(300),
  fileHash: hash,
  mappingHash: hash,
  overwrite: z.boolean(),
  rows: z.number().int().min(0),
  notes: z.array(z.string().max(1000)).max(2000),
});

/**
 * Begins to import a file, or goes on where an import of the same file with the same mapping was stopped. Its rows
 * follow with `inventory.rows`.
 */
export const beginImport = defineAction({
  name: 'inventory.begin',
  input: aboutImport,
  allow: mayImport,
  async run({ tx, org, now, input, person }) {
    const open = await openImport(tx, org, input);
    const id = open?.id ?? newId();
    if (open === undefined)
      await tx.insert(tx.t.imports).values({
        org,
        id,
        by: person?.id ?? null,
        state: 'running',
        ...input,
        position: 0,
        counts: NO_COUNTS,
        createdAt: now,
        endedAt: null,
        fault: null,
      });
    const { source, fileHash, mappingHash, overwrite, rows } = input;
    const position = open?.position ?? 0;
    return {
      result: { id, position, counts: { ...(open?.counts ?? NO_COUNTS) } },
      audit: {
        subject: `import:${id}`,
        facts: { source, fileHash, mappingHash, overwrite, rows, position },
        text: { fileName: input.fileName },
      },
    };
  },
});
