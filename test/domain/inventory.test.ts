import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fold } from '../../src/domain/fold.ts';
import { folded } from '../../src/domain/import/titles.ts';
import { EMPTY_RECORD, RECORD_KEYS, fieldOf, missingOf } from '../../src/domain/inventory.ts';
import { UNKNOWN_VENDOR, VENDOR_KEYS, missingOfVendor } from '../../src/domain/vendor.ts';

test.each([
  ['ÇEVRİM', 'cevrim'],
  ['Straße', 'STRASSE'],
  ['STRAẞE', 'Straße'],
  ['ΟΔΟΣ', 'οδος'],
  ['ΟΔΟΣΗΜΑ', 'οδος'],
  ['ＦＲＡＵＤ', 'fraud'],
  ['naïve  café\n', 'naive cafe'],
])('“%s” is found as “%s”', (a, b) => {
  expect(fold(a)).toContain(fold(b));
});

test('folding what is folded changes nothing, and case never matters', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (text) => {
      expect(fold(fold(text))).toBe(fold(text));
      expect(fold(text.toUpperCase())).toBe(fold(text.toUpperCase().toLowerCase()));
    }),
  );
});

test('no letter of any script is folded further by folding it again', () => {
  const further: string[] = [];
  for (let code = 0; code <= 0x10ffff; code += 1) {
    const letter = `x${String.fromCodePoint(code)}y`;
    const once = fold(letter);
    if (fold(once) !== once) further.push(letter);
  }
  expect(further).toEqual([]);
});

test('texts of plain letters are folded as all others are', () => {
  const letters = fc.constantFrom(...'aZ7 .,\t\n\r\v\f\u00a0'.split(''), '  ', '\r\n');
  fc.assert(
    fc.property(fc.string({ unit: letters }), (text) => {
      expect(fold(`${text}e`)).toBe(fold(`${text}é`));
      expect(folded(text)).toBe(text.trim().split(/\s+/).join(' '));
    }),
  );
});

test('what is missing is named, and a human has no model', () => {
  expect(missingOf(EMPTY_RECORD, 'ai')).toEqual(RECORD_KEYS);
  expect(missingOf({ ...EMPTY_RECORD, users: 'Clerks', dataSources: ['Lake'] }, 'human')).toEqual([
    'useCase',
    'integrations',
    'posture',
    'source',
  ]);
  expect(RECORD_KEYS.map((key) => fieldOf(key).title)).toHaveLength(8);
});

test('a vendor of which nothing is known misses everything', () => {
  expect(missingOfVendor(UNKNOWN_VENDOR)).toEqual(VENDOR_KEYS);
  expect(missingOfVendor({ ...UNKNOWN_VENDOR, sla: '99.9 %', cost: '' })).toEqual(
    VENDOR_KEYS.filter((key) => key !== 'sla'),
  );
});
