import { z } from 'zod';
import { insertRows } from '../../../db/bulk.ts';
import type { MappedRow, SkippedRow } from '../../domain/import/mapping.ts';
import { NO_COUNTS } from '../../domain/import/plan.ts';
import { newId } from '../../ids.ts';
import type { JsonObject } from '../../ui/card.ts';
import { defineAction } from '../action.ts';
import { atLeast } from '../allow.ts';
import { aboutImport } from './begin.ts';
import { nextPart } from './part.ts';
import { isRow } from './rows.ts';

/** As many rows as a file in chat may have; longer ones go by the command line. */
export const MOST_CHAT_ROWS = 10_000;
/** Rows of one part: few enough that chat goes on meanwhile. */
const PART = 250;

const input = aboutImport.extend({
  list: z.array(z.custom<MappedRow | SkippedRow>(isRow)),
  byKey: z.boolean(),
});

/**
 * Takes a file that was given in chat. Its rows are looked at part by part, and who gave it gets a message that shows
 * how far that is, and then what an import would do.
 */
export const receiveInventory = defineAction({
  name: 'inventory.receive',
  input,
  long: { list: 'list', most: MOST_CHAT_ROWS },
  allow: atLeast('governor'),
  async run({ tx, org, now, input: { list, byKey, ...about }, person }) {
    const id = newId();
    await tx.insert(tx.t.imports).values({
      org,
      id,
      by: person!.id,
      state: 'checking',
      ...about,
      position: 0,
      counts: NO_COUNTS,
      createdAt: now,
      endedAt: null,
      fault: null,
    });
    const parts = Array.from({ length: Math.ceil(list.length / PART) }, (_, i) => {
      // Guarantee of the cast: rows are plain data.
      const rows = list.slice(i * PART, (i + 1) * PART) as unknown as JsonObject[];
      return { org, import: id, at: i * PART, size: rows.length, rows, outcomes: null };
    });
    await insertRows(tx, 'importParts', parts);
    const { source, fileHash, mappingHash, overwrite, rows } = about;
    return {
      result: { id },
      audit: {
        subject: `import:${id}`,
        facts: { source, fileHash, mappingHash, overwrite, rows },
        text: { fileName: about.fileName },
      },
      followUps: [nextPart('checking', { import: id, at: 0, byKey, again: false, parents: false })],
    };
  },
});
