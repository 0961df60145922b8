import { z } from 'zod';
import { orgById } from '../../../db/orgs.ts';
import { MOST_ROWS } from '../../domain/readings-csv.ts';
import { defineAction } from '../action.ts';
import { anyone } from '../allow.ts';
import { type Planned, planReadings } from './plan.ts';

const text = z.string().max(200);

const input = z.object({
  rows: z
    .array(
      z.object({
        row: z.number().int(),
        seat: text,
        metric: text,
        period: z.string().max(40).optional(),
        value: z.number(),
        note: z.string().max(1000).optional(),
      }),
    )
    .max(MOST_ROWS),
});

/** What a file would do, kept until it is logged: `by` is the only one who can. */
export type Checked = { by: string; planned: Planned[] };

/**
 * Checks the readings of a file without logging any. Called with a key, the runner keeps the result for a while: that
 * is what the button under the preview logs, and neither a message nor a form has to carry ten thousand rows.
 */
export const checkImport = defineAction({
  name: 'import.check',
  input,
  long: { list: 'rows', most: MOST_ROWS },
  allow: anyone,
  async run({ tx, org, now, input, person }) {
    const zone = (await orgById(tx, org))!.zone;
    const rows = input.rows.map(({ period, note, ...row }) => ({
      ...row,
      ...(period === undefined ? {} : { period }),
      ...(note === undefined ? {} : { note }),
    }));
    const planned = await planReadings(tx, { org, now, zone, person: person! }, rows);
    const result: Checked = { by: person!.id, planned };
    const of = (outcome: Planned['outcome']) => planned.filter((p) => p.outcome === outcome).length;
    return {
      result,
      audit: {
        subject: 'readings',
        facts: { rows: planned.length, log: of('log'), correct: of('correct'), skip: of('skip') },
      },
    };
  },
});
