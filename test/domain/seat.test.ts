import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  FOUR_OWNERS,
  OWNER_DUTIES,
  OWNER_ROLES,
  acceptedOwner,
  parseKey,
  slug,
  vacantOfFour,
} from '../../src/domain/seat.ts';
import { CoxswainError } from '../../src/errors.ts';

describe('keys', () => {
  test.each([
    ['claims', 'claims'],
    [' Claims ', 'claims'],
    ['a', 'a'],
    ['claims-2', 'claims-2'],
    ['a'.repeat(30), 'a'.repeat(30)],
  ])('%j is the key %j', (typed, key) => {
    expect(parseKey(typed, 'seat')).toBe(key);
  });

  test.each([
    ['Claims Triage', 'claims-triage'],
    ['Übersetzung & Co.', 'ubersetzung-co'],
    ['-claims', 'claims'],
    ['claims_2', 'claims-2'],
    ['a'.repeat(31), 'a'.repeat(30)],
  ])('%j is none, and a key is suggested', (typed, hint) => {
    expect(() => parseKey(typed, 'metric')).toThrow(expect.objectContaining({ code: 'invalid', hint }));
  });

  test('where nothing can be used nothing is suggested', () => {
    expect(() => parseKey('日本語', 'seat')).toThrow(
      expect.objectContaining({
        message: '“日本語” cannot be the key of a seat: use 1 to 30 letters a–z, digits and hyphens.',
        hint: undefined,
      }),
    );
  });

  test('what is suggested for anything at all is a key, or nothing', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 60 }), (text) => {
        const suggestion = slug(text);
        if (suggestion !== '') expect(parseKey(suggestion, 'seat')).toBe(suggestion);
      }),
      { numRuns: 2000 },
    );
  });

  test('any text is a key or is refused with a short sentence', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (text) => {
        try {
          expect(parseKey(text, 'seat')).toMatch(/^[a-z0-9-]{1,30}$/);
        } catch (error) {
          expect(error).toBeInstanceOf(CoxswainError);
          expect((error as CoxswainError).message.length).toBeLessThan(200);
          expect((error as CoxswainError).message.isWellFormed()).toBe(true);
        }
      }),
      { numRuns: 1000, examples: [['👍'.repeat(40)], [`a${'👍'.repeat(40)}`]] },
    );
  });
});

describe('owners', () => {
  const named = (role: (typeof OWNER_ROLES)[number], acceptedAt: number | null) => ({
    role,
    person: `p-${role}`,
    acceptedAt,
  });

  test('a role is vacant until its owner accepts', () => {
    expect(acceptedOwner([named('platform', null)], 'platform')).toBeUndefined();
    expect(acceptedOwner([named('platform', 1)], 'platform')).toBe('p-platform');
    expect(acceptedOwner([named('platform', 1)], 'business')).toBeUndefined();
  });

  test('the four owners are named while one of them is missing', () => {
    expect(vacantOfFour([])).toEqual(FOUR_OWNERS);
    expect(vacantOfFour([named('business', 1), named('product', null), named('accountable', 1)])).toEqual([
      'product',
      'platform',
      'governance',
    ]);
    expect(vacantOfFour(FOUR_OWNERS.map((role) => named(role, 1)))).toEqual([]);
  });

  test('every role says what it answers for', () => {
    expect(Object.keys(OWNER_DUTIES).toSorted()).toEqual(OWNER_ROLES.toSorted());
  });
});
