import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { filterOf, lineOf, searchOf } from '../../src/domain/seat-filter.ts';
import { CoxswainError } from '../../src/errors.ts';
import { tokenize } from '../../src/grammar/tokenize.ts';

const filter = (words: string[], named: Record<string, string> = {}) => filterOf(searchOf(words, named));

describe('what is typed after seat list', () => {
  test('words, flags and filters are told apart', () => {
    expect(
      filter(['Fraud', 'unowned'], { stage: 'pilot, build', level: '3..', sort: '-readiness' }),
    ).toMatchObject({
      words: ['fraud'],
      flags: new Set(['unowned']),
      stages: ['pilot', 'build'],
      levels: { from: 3, to: 8 },
      sort: 'readiness',
      backwards: true,
    });
  });

  test.each([
    ['4', { from: 4, to: 4 }],
    ['..3', { from: 1, to: 3 }],
    ['2..5', { from: 2, to: 5 }],
  ])('level=%s', (level, levels) => {
    expect(filter([], { level })).toMatchObject({ levels });
  });

  test.each([
    [['stge=pilot'], {}, 'is no filter. The filters are stage=, risk='],
    [[], { stage: 'plot' }, '“plot” is no stage: choose proposed, pilot'],
    [[], { level: '9' }, 'Levels are a number from 1 to 8'],
    [[], { level: '5..2' }, 'Levels are a number from 1 to 8'],
    [[], { level: '..' }, 'Levels are a number from 1 to 8'],
    [[], { level: '35' }, 'Levels are a number from 1 to 8'],
    [[], { sort: 'colour' }, 'Seats are sorted by key, name'],
    [['x'.repeat(301)], {}, 'at most 300 characters'],
  ])('%j %j is answered with a sentence', (words, named, sentence) => {
    expect(() => filter(words, named)).toThrow(sentence);
  });

  test('the line of a search looks for the same again', () => {
    const word = fc
      .string({ unit: 'grapheme', minLength: 1, maxLength: 12 })
      .filter((w) => !/["\\=]/.test(w));
    fc.assert(
      fc.property(fc.array(word, { maxLength: 4 }), fc.constantFrom('pilot', 'build'), (words, stage) => {
        let search;
        try {
          search = searchOf(words, { stage });
        } catch (error) {
          expect(error).toBeInstanceOf(CoxswainError);
          return;
        }
        const tokens = tokenize(lineOf(search, ''));
        const again = searchOf(
          tokens.filter((token) => token.key === undefined).map((token) => token.text),
          Object.fromEntries(
            tokens.flatMap((token) => (token.key === undefined ? [] : [[token.key, token.text]])),
          ),
        );
        expect(filterOf(again).flags).toEqual(filterOf(search).flags);
        expect(filterOf(again).stages).toEqual([stage]);
      }),
    );
  });
});
