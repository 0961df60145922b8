import type { Element, JsonObject } from './card.ts';

interface FieldBase {
  /** Key of the value in the submission: `[A-Za-z0-9_]`, at most 60 characters. */
  readonly name: string;
  readonly label: string;
  /** One line under the field: what is expected, in which unit. */
  readonly hint?: string;
  readonly optional?: boolean;
}

export interface Option {
  readonly value: string;
  readonly label: string;
}

interface Searched {
  /** `[a-z]`, at most 20 characters. */
  readonly source: string;
  /** Some of them, to choose from where a client does not search. */
  readonly first: readonly Option[];
}

/** One question of a form. `initial` is what is filled in when the form opens. */
export type Field = FieldBase &
  (
    | {
        readonly kind: 'text';
        readonly initial?: string;
        readonly placeholder?: string;
        readonly max?: number;
      }
    | {
        readonly kind: 'long_text';
        readonly initial?: string;
        readonly placeholder?: string;
        readonly max?: number;
      }
    /** Submitted as typed; the schema parses it, so a decimal comma gets a sentence and not a refusal. */
    | { readonly kind: 'number'; readonly initial?: string; readonly placeholder?: string }
    | { readonly kind: 'date'; readonly initial?: string }
    | { readonly kind: 'time'; readonly initial?: string }
    | { readonly kind: 'select'; readonly options: readonly Option[]; readonly initial?: string }
    | {
        readonly kind: 'multi_select';
        readonly options: readonly Option[];
        readonly initial?: readonly string[];
      }
    /** Too many to list: `source` (commands/sources.ts) is asked while somebody types. `initial` is shown as it is. */
    | (Searched & { readonly kind: 'search'; readonly initial?: Option })
    | (Searched & { readonly kind: 'multi_search'; readonly initial?: readonly Option[] })
    | { readonly kind: 'yes_no'; readonly initial?: boolean; readonly question?: string }
    /** Values are Coxswain person ids on our side; adapters translate to and from the platform's users. */
    | { readonly kind: 'person'; readonly initial?: string }
    | { readonly kind: 'people'; readonly initial?: readonly string[] }
    /** Values are platform channel refs. */
    | { readonly kind: 'channel'; readonly initial?: string }
    /**
     * The value is a GivenFile of at most FILE_BYTES. `types` are the extensions that are taken, without the dot. Where
     * a platform takes no files the text is pasted; `initial` is what was pasted.
     */
    | { readonly kind: 'file'; readonly types: readonly string[]; readonly initial?: string }
  );

/** The largest file that a form takes. */
export const FILE_BYTES = 5 * 1024 * 1024;

/** A file that was chosen, as it is, or the text that was pasted in place of one. */
export type GivenFile = { readonly name: string; readonly bytes: Uint8Array } | { readonly pasted: string };

/** Text between the questions. */
export type Hint = { readonly kind: 'hint'; readonly body: Exclude<Element, { kind: 'buttons' }> };

export interface Form {
  /** Registered name (commands/forms.ts). */
  readonly name: string;
  /** What the form is about; comes back with the submission. At most 2,000 characters as JSON. */
  readonly args: JsonObject;
  readonly title: string;
  readonly submit: string;
  /** Long: what is filled in is kept along the way, where the platform tells of it. */
  readonly draft?: true;
  readonly items: readonly (Field | Hint)[];
}

/**
 * What a platform hands over: strings as typed, `null` for empty, lists for multiple choice, files as they are. A person is
 * `<@ref>` and a channel `<#ref>` with the platform's own ref; the inbound side turns them into ours.
 */
export type RawValue = TypedValue | GivenFile;
/** What was typed or chosen: all but files. */
export type TypedValue = string | boolean | readonly string[] | null;
export type RawValues = Readonly<Record<string, RawValue>>;
/** Sentences by field name; `_` for what belongs to no single field. */
export type FieldErrors = Readonly<Record<string, string>>;

export const isFile = (value: RawValue | undefined): value is GivenFile =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export const isField = (item: Field | Hint): item is Field => item.kind !== 'hint';
export const fieldsOf = (form: Form): readonly Field[] => form.items.filter(isField);

/** A choice by its value: the label goes with it where it is known. */
const named = (known: readonly (Option | undefined)[], value: string): Option =>
  known.find((option) => option?.value === value) ?? { value, label: value };

/** The answers but for these fields. */
export const without = (raw: RawValues, names: readonly string[] = []): RawValues =>
  names.length === 0
    ? raw
    : Object.fromEntries(Object.entries(raw).filter(([name]) => !names.includes(name)));

/** The same form with what was typed filled in again, so nothing is lost when it comes back with errors. */
export function refill(form: Form, raw: RawValues): Form {
  const fill = (field: Field): Field => {
    const value = raw[field.name];
    if (value === undefined) return field;
    switch (field.kind) {
      case 'multi_select':
      case 'people':
        return { ...field, initial: Array.isArray(value) ? (value as readonly string[]) : [] };
      case 'search': {
        const { initial, ...empty } = field;
        return typeof value === 'string' ? { ...field, initial: named([initial], value) } : empty;
      }
      case 'multi_search': {
        const values = Array.isArray(value) ? (value as readonly string[]) : [];
        return { ...field, initial: values.map((one) => named(field.initial ?? [], one)) };
      }
      case 'yes_no': {
        const { initial: _, ...empty } = field;
        return value === null ? empty : { ...field, initial: value === true || value === 'true' };
      }
      case 'text':
      case 'long_text':
      case 'number':
      case 'date':
      case 'time':
      case 'select':
      case 'person':
      case 'channel': {
        const { initial: _, ...empty } = field;
        return typeof value === 'string' ? { ...field, initial: value } : empty;
      }
      case 'file': {
        const { initial: _, ...empty } = field;
        return isFile(value) && 'pasted' in value ? { ...field, initial: value.pasted } : empty;
      }
      default:
        return field satisfies never;
    }
  };
  return { ...form, items: form.items.map((item) => (isField(item) ? fill(item) : item)) };
}
