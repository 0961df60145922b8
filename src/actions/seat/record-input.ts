import { z } from 'zod';
import {
  EXTRA,
  type InventoryRecord,
  MOST_ITEMS,
  RECORD_KEYS,
  type RecordKey,
  fieldOf,
  isList,
} from '../../domain/inventory.ts';

/** A text of the record; empty means that nothing is said any more. */
const textOf = (asks: string, most: number) =>
  z
    .string()
    .trim()
    .max(most, `Please keep ${asks} within ${most} characters.`)
    .transform((text) => (text === '' ? null : text));

/** Several, as a list or one a line (in a single line: with semicolons between them). */
const listOf = (asks: string, most: number) =>
  z
    .union([z.array(z.string()), z.string().transform((text) => text.split(/[;\n]/))])
    .transform((items) => [...new Set(items.map((item) => item.trim()).filter((item) => item !== ''))])
    .pipe(
      z
        .array(z.string().max(most, `Please keep each of ${asks} within ${most} characters.`))
        .max(MOST_ITEMS, `Please give ${asks} as at most ${MOST_ITEMS}.`),
    );

const schemaOf = (key: RecordKey) => {
  const { asks, most } = fieldOf(key);
  return isList(key) ? listOf(asks, most) : textOf(asks, most);
};

const extra = z
  .record(z.string().trim().min(1).max(EXTRA.name), z.string().max(EXTRA.text))
  .refine((texts) => Object.keys(texts).length <= EXTRA.most, {
    error: `A record holds at most ${EXTRA.most} texts beyond its own fields.`,
  })
  .refine(
    (texts) => Object.entries(texts).reduce((n, [a, b]) => n + a.length + b.length, 0) <= EXTRA.together,
    { error: `A record holds at most ${EXTRA.together} characters beyond its own fields.` },
  );

/**
 * What may be said of a record: any of its fields, each within its length. Guarantee of the cast: one schema for each
 * key, that gives what the field holds.
 */
export const recordInput = z.object({
  ...Object.fromEntries(RECORD_KEYS.map((key) => [key, schemaOf(key).optional()])),
  extra: extra.optional(),
}) as unknown as z.ZodType<Partial<InventoryRecord>>;
