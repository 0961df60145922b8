import { createHash } from 'node:crypto';
import { type Field, type Form, type RawValue, type RawValues, fieldsOf, refill } from './form.ts';

const tag = (text: string, length: number): string =>
  createHash('sha256').update(text).digest('base64url').slice(0, length);

const NAME = 4;
const VALUE = 6;

const plain = (text: unknown): string =>
  typeof text === 'string' ? text.replaceAll('\r\n', '\n').trim() : '';
const several = (values: unknown): string =>
  Array.isArray(values) ? JSON.stringify([...(values as readonly unknown[])].map(plain).toSorted()) : '[]';
const bare = (text: unknown): string => plain(text).replace(/^<#([^<>]+)>$/, '$1');

/** A value in one spelling, however a form or a platform writes it: equal answers are equal texts. */
function spelled(kind: Field['kind'], value: RawValue | undefined): string {
  switch (kind) {
    case 'text':
    case 'long_text':
    case 'number':
    case 'date':
    case 'time':
    case 'select':
    case 'search':
    case 'person':
      return plain(value);
    case 'channel':
      return bare(value);
    case 'multi_select':
    case 'multi_search':
    case 'people':
      return several(value);
    case 'yes_no':
      return value === null || value === undefined ? '' : String(value === true || value === 'true');
    case 'file':
      // What a field for files holds is gone when the form comes back; it is never untouched.
      return '';
    default:
      return kind satisfies never;
  }
}

/** What is filled in when the form opens, as a submission would hold it. */
function initialOf(field: Field): RawValue {
  switch (field.kind) {
    case 'select':
      return field.options.some(({ value }) => value === field.initial) ? (field.initial ?? null) : null;
    case 'multi_select':
      return (field.initial ?? []).filter((one) => field.options.some(({ value }) => value === one));
    case 'search':
      return field.initial?.value ?? null;
    case 'multi_search':
      return (field.initial ?? []).map(({ value }) => value);
    case 'text':
    case 'long_text':
    case 'number':
    case 'date':
    case 'time':
    case 'person':
    case 'people':
    case 'channel':
    case 'yes_no':
    case 'file':
      return field.initial ?? null;
    default:
      return field satisfies never;
  }
}

const mark = (name: string, value: string): string => tag(name, NAME) + tag(`${name}\n${value}`, VALUE);

const marksOf = (form: Form): string[] =>
  fieldsOf(form)
    .filter(({ kind }) => kind !== 'file')
    .map((field) => mark(field.name, spelled(field.kind, initialOf(field))));

/**
 * What a form opened with, in ten characters a field: enough to tell later which answers are new. Of `again`, the form as
 * it opens from its own arguments alone, only what is the same is told: anything else was filled in for whoever opened it.
 */
export function opening(form: Form, again: Form = form): string {
  const own = new Set(marksOf(again));
  return marksOf(form)
    .filter((one) => own.has(one))
    .join('');
}

const marksIn = (was: string): ReadonlyMap<string, string> =>
  new Map((was.match(new RegExp(`.{${NAME + VALUE}}`, 'g')) ?? []).map((one) => [one.slice(0, NAME), one]));

export interface Merged {
  readonly form: Form;
  /** Fields that nobody touched here and that hold something else than when the form was opened. */
  readonly renewed: readonly Field[];
  /** Fields that are different from when the form was opened both here and there, as they are there. */
  readonly clashes: readonly Field[];
}

/**
 * The form `now`, as it opens at present, with the answers `raw` of one that was opened when it held `was` (see
 * `opening`): what was changed in it is kept, and what was not shows how it is now. What `was` does not tell is kept.
 */
export function merge(now: Form, was: string | undefined, raw: RawValues): Merged {
  const before = marksIn(was ?? '');
  const renewed: Field[] = [];
  const clashes: Field[] = [];
  const kept: Record<string, RawValue> = {};
  for (const field of fieldsOf(now)) {
    const answer = raw[field.name];
    if (answer === undefined) continue;
    const old = before.get(tag(field.name, NAME));
    const mine = mark(field.name, spelled(field.kind, answer));
    const theirs = mark(field.name, spelled(field.kind, initialOf(field)));
    if (old === mine && theirs !== mine) renewed.push(field);
    else kept[field.name] = answer;
    if (old !== undefined && old !== mine && old !== theirs && mine !== theirs) clashes.push(field);
  }
  return { form: refill(now, kept), renewed, clashes };
}
