import { z } from 'zod';
import { optionalText, sentence, typedNumber } from '../inputs.ts';

/** As many readings as one batch may hold. */
export const MOST_READINGS = 10_000;

/** One reading as people, files and machines give it. */
export const readingInput = z.object({
  /** Key of the seat. */
  seat: sentence('the key of the seat, like claims', 200),
  /** Key of the number. */
  metric: sentence('the key of the number, like acceptance', 200),
  value: typedNumber('the value'),
  note: optionalText('the note', 1000),
  /** `2026-W47`, `2026-11-20` or `2026-11`; by default the period that is awaited. */
  period: z
    .string({ error: 'Please give the period as text like 2026-W47, or leave it out.' })
    .max(40, 'Please give the period like 2026-W47, or leave it out.')
    .optional(),
});
export type Item = z.output<typeof readingInput>;

export const input = z.object({
  readings: z
    .array(readingInput, { error: 'Please give the readings as a list.' })
    .min(1, 'Please give at least one reading.')
    .max(MOST_READINGS, `Please give at most ${MOST_READINGS} readings at a time.`),
});
export type Input = z.output<typeof input>;
