<<<<<<< HEAD
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { CSV_MARK, csvLine, csvText } from '../../src/domain/csv-write.ts';
import { inPieces, rowsOf } from '../../src/domain/import/rows.ts';

test.each([
  ['=1+1', "'=1+1"],
  ['+cmd', "'+cmd"],
  ['-2+3', "'-2+3"],
  ['@SUM(A1)', "'@SUM(A1)"],
  [' =1', "' =1"],
  ['\t=1', '"\'\t=1"'],
  ['＝1+1', "'＝1+1"],
  ['=a,"b"', '"\'=a,""b"""'],
  ['-4.2', '-4.2'],
  ['+3 %', "'+3 %"],
  ['a-b', 'a-b'],
  ['two\nlines', '"two\nlines"'],
  ['a\0b', 'ab'],
])('%j is written as %j', (cell, written) => {
  expect(csvLine([cell])).toBe(`${written}\r\n`);
});

test('numbers are no formulas, and nothing is an empty cell', () => {
  expect(csvLine([-1, true, null, undefined, ''])).toBe('-1,true,,,\r\n');
});

test('what is written is read back, but for the apostrophe, and begins no formula', async () => {
  const cell = fc.string({ unit: fc.constantFrom('a', '=', '-', '"', ',', '\n', ' ', '7', 'é', '@') });
  await fc.assert(
    fc.asyncProperty(fc.array(fc.tuple(cell, cell), { minLength: 1 }), async (rows) => {
      const text = csvText(rows);
      expect(text.startsWith(CSV_MARK)).toBe(true);
      const read: (readonly string[])[] = [];
      for await (const part of rowsOf(inPieces(text.slice(1)), { delimiter: ',' }))
        read.push(...part.map((row) => row.cells));
      expect(read.map((cells) => cells.map((one) => one.replace(/^'/, '')))).toEqual(rows);
      for (const one of read.flat()) expect(one).not.toMatch(/^\s*[=@]|^\s*[+-](?![\d.,%]*$)/);
    }),
  );
=======
import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { guarded, unguarded, writeCsv } from '../../src/domain/csv-write.ts';

const read = (csv: string): string[][] => parse(csv, { bom: true, record_delimiter: '\r\n' });
const text = fc.string({ unit: 'binary' }).map((t) => t.replaceAll('\0', '').toWellFormed());

describe('a CSV file', () => {
  test('begins with a byte order mark and quotes its texts', () => {
    const csv = writeCsv(
      ['a', 'b'],
      [
        ['x, "y"', 1.5],
        [null, true],
      ],
    );
    expect(csv).toBe('\uFEFF"a","b"\r\n"x, ""y""",1.5\r\n,true\r\n');
  });

  // The characters that OWASP lists, their full-width forms, and what hides them.
  test.each([
    '=1+1',
    '+1',
    '-1',
    '@SUM(A1)',
    '\t=1',
    '\r=1',
    '\n=1',
    '＝1',
    '＋1',
    '－1',
    '＠x',
    ' =1',
    '\u200b=1',
    '|x',
    '\ufeff=1',
    "'=1",
  ])('guards %j', (formula) => {
    const [[cell]] = read(writeCsv([formula], [])) as [[string]];
    expect(cell).toBe(`'${formula}`);
    expect(unguarded(cell)).toBe(formula);
  });

  test.each(['plain', 'a=b', "it's", "'quoted'", '1.5', '保険', ''])('leaves %j alone', (word) => {
    expect(guarded(word)).toBe(word);
  });

  test('numbers are no formulas, also below zero', () => {
    expect(writeCsv([], [[-1.5]])).toContain('\r\n-1.5\r\n');
  });

  test('gives back every text that was put in, and no cell begins a formula', () => {
    fc.assert(
      fc.property(
        fc.array(fc.array(text, { minLength: 2, maxLength: 4 }), { minLength: 1, maxLength: 5 }),
        (given) => {
          const width = given[0]!.length;
          const rows = given.map((row) => Array.from({ length: width }, (_, i) => row[i] ?? 'x'));
          const back = read(writeCsv(rows[0]!, rows.slice(1)));
          expect(back.map((row) => row.map(unguarded))).toEqual(rows);
          for (const cell of back.flat()) expect(cell).not.toMatch(/^[\s\u200b\ufeff]*[=+\-@|＝＋－＠\t\r]/);
        },
      ),
    );
  });

  test('guarding is undone exactly, whatever the text', () => {
    const risky = fc.string({ unit: fc.constantFrom("'", '=', ' ', '\t', 'a', '-', '"') });
    fc.assert(fc.property(fc.oneof(text, risky), (t) => unguarded(guarded(t)) === t));
  });
>>>>>>> f9b738f (Seats: records edited and kept, vendors, search with filters and pages, and export)
});
