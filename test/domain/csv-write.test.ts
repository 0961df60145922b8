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
  ['\u2066=1', "'\u2066=1"],
  ["|' /C calc'!A0", "'|' /C calc'!A0"],
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
});
