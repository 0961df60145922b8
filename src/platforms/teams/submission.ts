import { z } from 'zod';
import type { Field, RawValue, RawValues } from '../../ui/form.ts';
import { FORM_KEY, PRESSED_KEY, VERBS } from './buttons.ts';
import type { FormStamp } from './form.ts';

type Kind = Field['kind'];
const KINDS = [
  'text',
  'long_text',
  'number',
  'date',
  'time',
  'select',
  'multi_select',
  'search',
  'multi_search',
  'yes_no',
  'person',
  'people',
  'channel',
  'file',
] as const satisfies readonly Kind[];

const FIELD_NAME = /^\w{1,60}$/;
const stampSchema = z.object({
  name: z.string().max(100),
  args: z.record(z.string(), z.json()).default({}),
  kinds: z.record(z.string().regex(FIELD_NAME), z.enum(KINDS)).default({}),
  private: z.boolean().optional(),
});

/** A form button's or a submission's stamp. It comes from the client: names and kinds are checked, args are not. */
export function readStamp(data: unknown): FormStamp | undefined {
  const parsed = z.looseObject({ [FORM_KEY]: stampSchema }).safeParse(data);
  if (!parsed.success) return undefined;
  const { name, args, kinds, private: onlyMe } = parsed.data[FORM_KEY];
  return { name, args, kinds, ...(onlyMe === true ? { private: true } : {}) };
}

const pressSchema = z.object({
  verb: z.literal(VERBS.press),
  name: z.string(),
  payload: z.unknown().optional(),
});
const commandSchema = z.object({ verb: z.literal(VERBS.command), line: z.string() });
const formSchema = z.object({ verb: z.literal(VERBS.form) });
const pressedSchema = z.discriminatedUnion('verb', [pressSchema, commandSchema, formSchema]);

/** What a button of a card in a dialog asks for. */
export type Pressed =
  | z.infer<typeof pressSchema>
  | z.infer<typeof commandSchema>
  | (z.infer<typeof formSchema> & { readonly stamp: FormStamp });

/** The button of a card in a dialog; undefined when the dialog's form was sent. It comes from the client. */
export function readPressed(data: unknown): Pressed | undefined {
  const parsed = z.looseObject({ [PRESSED_KEY]: pressedSchema }).safeParse(data).data?.[PRESSED_KEY];
  if (parsed?.verb !== VERBS.form) return parsed;
  const stamp = readStamp(data);
  return stamp === undefined ? undefined : { ...parsed, stamp };
}

const decode = (value: string): string => {
  try {
    return decodeURIComponent(value);
  } catch {
    return value;
  }
};

const picks = (value: string): string[] =>
  value
    .split(/[,;]/)
    .map((pick) => pick.trim())
    .filter((pick) => pick !== '');

/** A token must not end early: whatever else stands in a ref is no ref. */
const token = (mark: '@' | '#', ref: string): string => `<${mark}${ref.replaceAll(/[<>\s]/g, '')}>`;

/** `19:…@thread.tacv2` from a link to a channel, or the text as it is. */
export function channelRef(text: string): string {
  const path = /\/l\/(?:channel|message)\/([^/?#]+)/.exec(text)?.[1];
  return path === undefined ? text.trim() : decode(path);
}

function readValue(kind: Kind, value: string): RawValue {
  switch (kind) {
    case 'text':
    case 'long_text':
    case 'number':
    case 'date':
    case 'time':
      return value;
    case 'file':
      return { pasted: value };
    case 'select':
    case 'search':
      return decode(value);
    case 'multi_select':
    case 'multi_search':
      return picks(value).map(decode);
    case 'yes_no':
      return value === 'true';
    case 'person':
      return token('@', value);
    case 'people':
      return picks(value).map((ref) => token('@', ref));
    case 'channel':
      return token('#', channelRef(decode(value)));
    default:
      return kind satisfies never;
  }
}

/** The answers of a submission; `null` for what was left empty, and nothing that the form did not ask. */
export function readValues(stamp: FormStamp, data: unknown): RawValues {
  const typed = z.record(z.string(), z.unknown()).catch({}).parse(data);
  return Object.fromEntries(
    Object.entries(stamp.kinds).map(([name, kind]): [string, RawValue] => {
      const value = typed[name];
      const text =
        typeof value === 'string'
          ? value
          : typeof value === 'boolean' || typeof value === 'number'
            ? String(value)
            : '';
      return [name, text.trim() === '' ? null : readValue(kind, text)];
    }),
  );
}
