import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Delimiter, beginningOf } from '../../../src/domain/import/delimiter.ts';
import { inPieces, rowsOf } from '../../../src/domain/import/rows.ts';
import { CoxswainError } from '../../../src/errors.ts';

async function* pieces(text: string, size: number): AsyncGenerator<string> {
  const signs = Array.from(text);
  for (let from = 0; from < signs.length; from += size) yield signs.slice(from, from + size).join('');
}

async function read(text: AsyncIterable<string>, delimiter?: Delimiter) {
  const all = [];
  for await (const rows of rowsOf(text, { delimiter })) all.push(...rows);
  return all;
}

const cells = async (text: string) => (await read(inPieces(text))).map((row) => row.cells);

const refusal = async (text: string): Promise<string> =>
  read(inPieces(text)).then(
    () => 'it was read',
    (error: unknown) => {
      if (error instanceof CoxswainError && error.code === 'invalid') return error.message;
      throw error;
    },
  );

const LENIENT = {
  relax_column_count: true,
  relax_quotes: true,
  record_delimiter: ['\r\n', '\n', '\r'],
};

const outcome = (work: () => Promise<unknown>): Promise<unknown> => work().catch(() => 'refused');

describe('the rows of a file', () => {
  test('quotes, line breaks of every kind, and what a spreadsheet leaves out', async () => {
    expect(await cells('a,b\r\n"x ""y"", z","1\n2"\rlast\n\nq,')).toEqual([
      ['a', 'b'],
      ['x "y", z', '1\n2'],
      ['last'],
      [''],
      ['q', ''],
    ]);
  });

  test('what parts the cells is found in the first row, outside of quotes', () => {
    expect(beginningOf('"a,b,c,d";e;f\n1,2,3,4,5')).toMatchObject({ delimiter: ';' });
    expect(beginningOf('"title, over\n two, lines"\tb\n')).toMatchObject({ delimiter: '\t' });
    expect(beginningOf('\n\na;b')).toMatchObject({ delimiter: ';' });
    expect(beginningOf('alone')).toMatchObject({ delimiter: ',' });
  });

  test('the line of a spreadsheet that says it counts as a row', async () => {
    expect(await read(inPieces('sep=;\r\na,x;b'))).toEqual([{ row: 2, cells: ['a,x', 'b'] }]);
  });

  test('a quote that is never closed is told with the row where it is opened', async () => {
    expect(await refusal('a,b\n1,2\n3,"4\n5,6\n')).toMatch(/^Row 3: a quote is opened and never closed/);
  });

  test('a row without an end is told, and not kept in memory', async () => {
    expect(await refusal(`a,b\n1,"${'x'.repeat(1_100_000)}`)).toMatch(/^Row 2 has more than 1,000,000/);
  });

  test('any table that is written as CSV is read back, whatever the pieces', async () => {
    const cell = fc.string({
      unit: fc.constantFrom('a', 'é', '😀', '"', ',', ';', '\t', '\n', '\r', ' ', '='),
    });
    const table = fc.array(fc.array(cell, { minLength: 2, maxLength: 4 }), { minLength: 1, maxLength: 6 });
    await fc.assert(
      fc.asyncProperty(
        table,
        fc.constantFrom<Delimiter>(',', ';', '\t'),
        fc.constantFrom('\n', '\r\n', '\r'),
        fc.integer({ min: 1, max: 40 }),
        async (rows, delimiter, end, size) => {
          const text = rows
            .map((row) => row.map((one) => `"${one.replaceAll('"', '""')}"`).join(delimiter))
            .join(end);
          expect((await read(pieces(text, size), delimiter)).map((row) => row.cells)).toEqual(rows);
        },
      ),
    );
  });

  test('any text is read as csv-parse reads it as a whole, whatever the pieces', async () => {
    const unit = fc.constantFrom(
      'a',
      'é',
      '"',
      '""',
      ',',
      ',',
      '\n',
      '\r\n',
      '\r',
      ' ',
      '\0',
      '"a,b"',
      '"\n"',
    );
    await fc.assert(
      fc.asyncProperty(
        fc.string({ unit, maxLength: 40 }),
        fc.integer({ min: 1, max: 9 }),
        async (text, size) => {
          expect(
            await outcome(async () => (await read(pieces(text, size), ',')).map((row) => row.cells)),
          ).toEqual(await outcome(async () => parse(text, { ...LENIENT })));
        },
      ),
      { numRuns: 1000 },
    );
  });

  test('any text is read or refused in a sentence', async () => {
    const unit = fc.constantFrom('a', '"', ',', ';', '\n', '\r', '\0', '\uD800', '\uFEFF', ' ', 'sep=');
    await fc.assert(
      fc.asyncProperty(fc.string({ unit }), async (text) => {
        expect(await refusal(text)).toMatch(/^(?:it was read|Row \d+)/);
      }),
    );
  });
});
