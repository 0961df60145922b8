import { z } from 'zod';
import type { Asked } from '../../commands/command.ts';
import { type Person, peopleByIds } from '../../db/people.ts';
import type { CoxswainError } from '../errors.ts';
import type { SubmitReply } from '../platforms/platform.ts';
import { clip } from '../text.ts';

import type { Field, FieldErrors, Form, RawValues } from '../ui/form.ts';
import { merge, opening } from '../ui/merge.ts';
import { personIds } from '../ui/people.ts';
import { withNames } from './searched.ts';

/** Beside the arguments of a form travels what it opened with. */
const WAS = '_was';
/** See `args` of Form. What would not fit is left out; what was typed is then kept, whatever else was set. */
const MOST_ARGS = 2000;

/** The form with what it opens with in its arguments. `again`: see `opening`. */
export function remembered(form: Form, again: Form = form): Form {
  const args = { ...form.args, [WAS]: opening(form, again) };
  return JSON.stringify(args).length > MOST_ARGS ? form : { ...form, args };
}

const sent = z.looseObject({ [WAS]: z.string().max(MOST_ARGS).optional() });

/** The arguments as the form's own code gave them, and what it opened with. */
export function toldApart(args: unknown): { readonly own: unknown; readonly was: string | undefined } {
  const parsed = sent.safeParse(args);
  if (!parsed.success) return { own: args, was: undefined };
  const { [WAS]: was, ...own } = parsed.data;
  return { own, was };
}

/** A form was refused: as it opens at present, with what was changed in it, and what is wrong. */
export async function again(
  asked: Asked,
  now: Form,
  was: string | undefined,
  raw: RawValues,
  error: CoxswainError,
): Promise<SubmitReply> {
  const merged = merge(now, was, raw);
  const shown = await withNames(asked, merged.form);
  // With nothing new in it, it is the form that stands open, to which sentences are only added.
  const old = merged.renewed.length + merged.clashes.length === 0 && was !== undefined;
  const form = old ? { ...shown, args: { ...shown.args, [WAS]: was } } : shown;
  const people = await peopleByIds(
    asked.store.read,
    asked.org,
    personIds({ ...now, items: [...merged.clashes] }),
  );
  const errors = besideFields(form, error);
  const said: Record<string, string> = { ...errors };
  for (const field of merged.clashes) {
    const sentence = `Meanwhile somebody set it to ${clip(saysNow(field, people), 300)}; what you typed is kept.`;
    said[field.name] = [errors[field.name], sentence].filter(Boolean).join(' ');
  }
  const renewed = merged.renewed.map(({ name }) => name);
  if (renewed.length > 0) {
    const labels = merged.renewed.map(({ label }) => label).join(', ');
    said['_'] = [errors['_'], `Shown as it is now: ${labels}.`].filter(Boolean).join(' ');
  }
  return { kind: 'errors', form, errors: said, ...(renewed.length > 0 ? { renewed } : {}) };
}

/** Sentences by field of this form; what fits no field stands under `_`. */
function besideFields(form: Form, error: CoxswainError): FieldErrors {
  const names = new Set(form.items.flatMap((item) => (item.kind === 'hint' ? [] : [item.name])));
  const fitting = Object.entries(error.fields).filter(([name]) => names.has(name));
  return fitting.length > 0 ? Object.fromEntries(fitting) : { _: error.message };
}

const NOTHING = 'nothing';
const listed = (names: readonly string[]): string => (names.length === 0 ? NOTHING : names.join(', '));

/** What a field holds, in words. */
function saysNow(field: Field, people: ReadonlyMap<string, Person>): string {
  const label = (value: string) =>
    'options' in field ? (field.options.find((one) => one.value === value)?.label ?? value) : value;
  switch (field.kind) {
    case 'yes_no':
      return field.initial === undefined ? NOTHING : field.initial ? 'yes' : 'no';
    case 'person':
      return (field.initial === undefined ? undefined : people.get(field.initial)?.name) ?? NOTHING;
    case 'people':
      return listed((field.initial ?? []).flatMap((one) => people.get(one)?.name ?? []));
    case 'search':
      return field.initial?.label ?? NOTHING;
    case 'multi_search':
      return listed((field.initial ?? []).map((one) => one.label));
    case 'multi_select':
      return listed((field.initial ?? []).map(label));
    case 'channel':
      return field.initial === undefined ? NOTHING : 'another channel';
    case 'text':
    case 'long_text':
    case 'number':
    case 'date':
    case 'time':
    case 'select':
    case 'file':
      return (field.initial ?? '').trim() === '' ? NOTHING : `“${label((field.initial ?? '').trim())}”`;
    default:
      return field satisfies never;
  }
}
