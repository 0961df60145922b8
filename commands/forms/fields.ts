import { z } from 'zod';
import type { Field, Option } from '../../src/ui/form.ts';
import { listSeatOptions } from '../../src/queries/scope.ts';
import { clip } from '../../src/text.ts';
import type { Asked } from '../command.ts';
import type { Args } from '../form.ts';

/** Arguments of a form: texts by name. Longer ones are cut, since platforms carry only a little with a form. */
export const texts: z.ZodType<Args> = z.record(
  z.string(),
  z.string().transform((text) => clip(text, 1500)),
);

export const optionsOf = (values: readonly string[], label: (value: string) => string = (v) => v): Option[] =>
  values.map((value) => ({ value, label: label(value) }));

/** A choice among all seats, with `key` chosen. */
export async function seatField(asked: Asked, key: string | undefined): Promise<Field> {
  const options = await listSeatOptions(asked.store.read, asked.org);
  return {
    kind: options.length === 0 || options.length > 100 ? 'text' : 'select',
    name: 'seat',
    label: 'Seat',
    ...(options.length > 100 ? { hint: 'The key of the seat, as in “seat list”.' } : {}),
    options,
    ...initial(
      key !== undefined && (options.length > 100 || options.some((o) => o.value === key)) ? key : undefined,
    ),
  };
}

/** `initial` is left out when nothing is known, as the types demand. */
export const initial = (value: string | undefined): { initial?: string } =>
  value === undefined ? {} : { initial: value };
