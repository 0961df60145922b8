import { z } from 'zod';
import type { Field, Option } from '../../src/ui/form.ts';
import { listSeatOptions } from '../../src/queries/scope.ts';
import { clip } from '../../src/text.ts';
import type { Asked } from '../command.ts';
import type { Args, Filled } from '../form.ts';

/** Arguments of a form: texts by name. Longer ones are cut, since platforms carry only a little with a form. */
export const texts: z.ZodType<Args> = z.record(
  z.string(),
  z.string().transform((text) => clip(text, 1500)),
);

export const optionsOf = (values: readonly string[], label: (value: string) => string = (v) => v): Option[] =>
  values.map((value) => ({ value, label: label(value) }));

/** What was typed into a field, or chosen in it; empty when nothing was. */
export function typedIn(filled: Filled, name: string): string {
  const given = filled[name];
  return typeof given === 'string' ? given : '';
}

/** A choice among all seats, with `key` chosen. A retired seat is offered only when it is the one that is meant. */
export async function seatField(asked: Asked, typed: string | undefined): Promise<Field> {
  const key = typed?.trim().toLowerCase();
  const options = await listSeatOptions(asked.store.read, asked.org, key);
  const seat = { name: 'seat', label: 'Seat' };
  return options.length === 0 ? { ...seat, kind: 'text' } : { ...seat, ...oneOf('seats', options, key) };
}

/** Choices that a list of Slack's takes. Where there are more, they are searched. */
const MOST_LISTED = 100;

const search = (source: string, options: readonly Option[]) => ({
  source,
  first: options.slice(0, MOST_LISTED),
});

/** One of these, with `value` chosen if it is among them. */
export function oneOf(source: string, options: readonly Option[], value: string | undefined) {
  const chosen = options.find((option) => option.value === value);
  return options.length > MOST_LISTED
    ? {
        kind: 'search' as const,
        ...search(source, options),
        ...(chosen === undefined ? {} : { initial: chosen }),
      }
    : { kind: 'select' as const, options, ...initial(chosen?.value) };
}

/** Several of these, with `values` chosen. */
export function severalOf(source: string, options: readonly Option[], values: readonly string[]) {
  return options.length > MOST_LISTED
    ? {
        kind: 'multi_search' as const,
        ...search(source, options),
        initial: options.filter((option) => values.includes(option.value)),
      }
    : { kind: 'multi_select' as const, options, initial: values };
}

/** `initial` is left out when nothing is known, as the types demand. */
export const initial = (value: string | undefined): { initial?: string } =>
  value === undefined ? {} : { initial: value };
