import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Field, type Form, type RawValue, type RawValues, fieldsOf } from '../../src/ui/form.ts';
import { merge, opening } from '../../src/ui/merge.ts';

const OPTIONS = ['a', 'b', 'c'].map((value) => ({ value, label: value.toUpperCase() }));
type Kind = 'text' | 'select' | 'yes_no' | 'people' | 'channel' | 'search';
const KINDS = ['text', 'select', 'yes_no', 'people', 'channel', 'search'] as const satisfies readonly Kind[];

/** A field that opens with one of a few values; `undefined` for none. */
function field(kind: Kind, name: string, value: string | undefined): Field {
  const base = { name, label: name };
  switch (kind) {
    case 'yes_no':
      return { ...base, kind, ...(value === undefined ? {} : { initial: value === 'a' }) };
    case 'people':
      return { ...base, kind, initial: value === undefined ? [] : value === 'a' ? ['p1', 'p2'] : [value] };
    case 'select':
      return { ...base, kind, options: OPTIONS, ...(value === undefined ? {} : { initial: value }) };
    case 'search':
      return {
        ...base,
        kind,
        source: 'seats',
        first: OPTIONS,
        ...(value === undefined ? {} : { initial: { value, label: value } }),
      };
    case 'text':
    case 'channel':
      return { ...base, kind, ...(value === undefined ? {} : { initial: value }) };
    default:
      return kind satisfies never;
  }
}

/** The same value as a platform sends it. */
function answer(kind: Kind, value: string | undefined): RawValue {
  switch (kind) {
    case 'yes_no':
      return value === undefined ? null : value === 'a';
    case 'people':
      return value === undefined ? [] : value === 'a' ? ['p2', 'p1'] : [value];
    case 'channel':
      return value === undefined ? null : `<#${value}>`;
    case 'text':
    case 'select':
    case 'search':
      return value ?? null;
    default:
      return kind satisfies never;
  }
}

const value = fc.constantFrom('a', 'b', 'c', undefined);
const row = fc
  .record({ kind: fc.constantFrom(...KINDS), was: value, mine: value, theirs: value })
  // Of yes and no there are two.
  .map((one) => {
    const two = (v: string | undefined) => (one.kind === 'yes_no' && v === 'c' ? 'b' : v);
    return { ...one, was: two(one.was), mine: two(one.mine), theirs: two(one.theirs) };
  });
const rows = fc.array(row, { maxLength: 12 });
type Row = typeof row extends fc.Arbitrary<infer T> ? T : never;

const formOf = (all: readonly Row[], which: 'was' | 'mine' | 'theirs'): Form => ({
  name: 'sample',
  args: {},
  title: 'Sample',
  submit: 'Save',
  items: all.map((one, i) => field(one.kind, `f${i}`, one[which])),
});
const sent = (all: readonly Row[], which: 'mine' | 'theirs' = 'mine'): RawValues =>
  Object.fromEntries(all.map((one, i) => [`f${i}`, answer(one.kind, one[which])]));
/** What a form holds, however it is written. */
const held = (form: Form) => opening(form);
const names = (fields: readonly Field[]) => fields.map(({ name }) => name);
const numbered = (all: readonly Row[], which: (one: Row) => boolean) =>
  all.flatMap((one, i) => (which(one) ? [`f${i}`] : []));

describe('a form that comes back', () => {
  test('keeps what was changed in it, and shows the present of what was not', () => {
    fc.assert(
      fc.property(rows, (all) => {
        const merged = merge(formOf(all, 'theirs'), opening(formOf(all, 'was')), sent(all));
        const wanted = all.map((one) => (one.mine === one.was ? { ...one, mine: one.theirs } : one));
        expect(held(merged.form)).toBe(held(formOf(wanted, 'mine')));
        expect(names(merged.renewed)).toEqual(
          numbered(all, (one) => one.mine === one.was && one.theirs !== one.was),
        );
        expect(names(merged.clashes)).toEqual(
          numbered(all, (one) => new Set([one.was, one.mine, one.theirs]).size === 3),
        );
      }),
    );
  });

  test('sent again as it came back, it holds the same', () => {
    fc.assert(
      fc.property(rows, (all) => {
        const now = formOf(all, 'theirs');
        const first = merge(now, opening(formOf(all, 'was')), sent(all));
        const shown = all.map((one) => (one.mine === one.was ? { ...one, mine: one.theirs } : one));
        const again = merge(now, opening(now), sent(shown));
        expect(held(again.form)).toBe(held(first.form));
        expect([again.renewed, again.clashes]).toEqual([[], []]);
      }),
    );
  });

  test('keeps everything when nobody knows what it opened with, and all of a field that is new in it', () => {
    fc.assert(
      fc.property(rows, fc.nat(12), (all, known) => {
        const merged = merge(formOf(all, 'theirs'), undefined, sent(all));
        expect(held(merged.form)).toBe(held(formOf(all, 'mine')));
        expect([merged.renewed, merged.clashes]).toEqual([[], []]);
        const some = merge(formOf(all, 'theirs'), opening(formOf(all.slice(0, known), 'was')), sent(all));
        expect(names([...some.renewed, ...some.clashes]).every((name) => Number(name.slice(1)) < known)).toBe(
          true,
        );
      }),
    );
  });

  test('keeps what was filled in for who opened it, since it opens without', () => {
    fc.assert(
      fc.property(rows, (all) => {
        const bare = all.map((one) => ({ ...one, was: one.was === 'a' ? undefined : one.was }));
        const was = opening(formOf(all, 'was'), formOf(bare, 'was'));
        const untouched = all.map((one) => ({
          ...one,
          mine: one.was,
          theirs: one.was === 'a' ? undefined : one.was,
        }));
        const merged = merge(formOf(untouched, 'theirs'), was, sent(untouched));
        expect(held(merged.form)).toBe(held(formOf(all, 'was')));
        expect([merged.renewed, merged.clashes]).toEqual([[], []]);
      }),
    );
  });

  test('shows a field that was not in it as it is now', () => {
    const all: Row[] = [{ kind: 'text', was: 'a', mine: 'b', theirs: 'c' }];
    const { form } = merge(formOf(all, 'theirs'), opening(formOf(all, 'was')), {});
    expect(fieldsOf(form)[0]).toMatchObject({ initial: 'c' });
  });
});
