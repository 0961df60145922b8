import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type CsvAbout, MOST_ROWS, readReadingsCsv } from '../../src/domain/readings-csv.ts';
import { CoxswainError } from '../../src/errors.ts';

const read = (lines: readonly string[], about?: CsvAbout) => readReadingsCsv(lines.join('\n'), about);

const refusal = async (text: string, about?: CsvAbout): Promise<string> => {
  try {
    await readReadingsCsv(text, about);
  } catch (error) {
    if (error instanceof CoxswainError && error.code === 'invalid') return error.message;
    throw error;
  }
  return 'it was read';
};

describe('one reading a row', () => {
  test('columns in any order, titles as people write them, a byte order mark', async () => {
    const file = await read([
      '\uFEFFValue ,Note,Week,KPI,Seat',
      '91.5,"said ""fine"", then left",2026-W46,acceptance,claims',
    ]);
    expect(file).toMatchObject({ layout: 'long', delimiter: ',', faults: [], ignored: [] });
    expect(file.readings).toEqual([
      {
        row: 2,
        seat: 'claims',
        metric: 'acceptance',
        period: '2026-W46',
        value: 91.5,
        note: 'said "fine", then left',
      },
    ]);
  });

  test('the separator is found, or said by the spreadsheet', async () => {
    for (const [separator, value] of [
      [',', '91.5'],
      [';', '91,5'],
      ['\t', '91,5'],
    ] as const) {
      const lines =
        ['seat', 'metric', 'value'].join(separator) + '\r\n' + ['claims', 'a', value].join(separator);
      expect((await readReadingsCsv(lines)).readings).toMatchObject([{ value: 91.5, row: 2 }]);
    }
    expect((await read(['sep=;', 'seat;metric;value', 'claims;a;1'])).readings).toMatchObject([
      { row: 3, value: 1 },
    ]);
  });

  test('a comma before three digits is decided by the other numbers of the file, or asked about', async () => {
    const value = async (...lines: string[]) => {
      const { readings, faults } = await read(lines, { seat: 'claims', metric: 'a' });
      return readings[0]?.value ?? faults[0]?.say;
    };
    expect(await value('period;value', '1;1,234')).toBe(1.234);
    expect(await value('period\tvalue', '1\t1,234', '2\t91,5')).toBe(1.234);
    expect(await value('period\tvalue', '1\t1,234', '2\t91.5')).toBe(1234);
    expect(await value('period\tvalue', '1\t1,234')).toContain('“1,234” can be read as 1.234 or 1234');
    expect(await value('period;value', '1;1.234', '2;0,5')).toBe(1234);
    expect(await value('period,value', '1,1.234')).toBe(1.234);
  });

  test('what cannot be a number is told with row and column, and the rest is read', async () => {
    const cells = ['NaN', 'Infinity', '=1+1', '@SUM(A1)', '+A1', '', '1e999', 'n/a', '9\u00001'];
    const file = await read(['seat,metric,value', ...cells.map((c) => `claims,a,${c}`), 'claims,a,-4.5 %']);
    expect(file.readings).toEqual([{ row: cells.length + 2, seat: 'claims', metric: 'a', value: -4.5 }]);
    expect(file.faults.map(({ row, column }) => [row, column])).toEqual(
      cells.map((_, i) => [i + 2, 'value']),
    );
    const says = file.faults.map(({ say }) => say);
    expect(says[0]).toBe('“NaN” is not a number.');
    expect(says[2]).toContain('is a formula, not a number');
    expect(says[8]).toContain('NUL');
  });

  test('empty rows count as a spreadsheet counts them, and are nothing', async () => {
    const file = await read(['seat,metric,value', '', 'claims,a,1', ',,', 'claims,a,2', '']);
    expect(file.readings.map((r) => [r.row, r.value])).toEqual([
      [3, 1],
      [5, 2],
    ]);
    expect(file.faults).toEqual([]);
  });

  test('more cells than titles are told, and columns that mean nothing are named', async () => {
    const file = await read(['seat,metric,value,colour', 'claims,a,1,5,note', 'claims,a,1,red']);
    expect(file.readings).toHaveLength(1);
    expect(file.faults).toMatchObject([{ row: 2, say: expect.stringContaining('5 cells') }]);
    expect(file.ignored).toEqual(['colour']);
  });
});

describe('one period a row', () => {
  test('each further column is a number, and an empty cell is none', async () => {
    const file = await read(['Week;Acceptance rate;latency', '2026-W45;91,5;800', '2026-W46;;820'], {
      seat: 'claims',
    });
    expect(file.layout).toBe('wide');
    expect(file.readings.map((r) => [r.row, r.period, r.metric, r.value])).toEqual([
      [2, '2026-W45', 'Acceptance rate', 91.5],
      [2, '2026-W45', 'latency', 800],
      [3, '2026-W46', 'latency', 820],
    ]);
  });

  test('a row without its period is told', async () => {
    expect((await read(['week,a', ',5'], { seat: 'claims' })).faults).toMatchObject([
      { row: 2, column: 'week' },
    ]);
  });
});

describe('a file that cannot be understood is refused as a whole', () => {
  test.each([
    ['', 'nothing in this file'],
    [' \n\n', 'nothing in this file'],
    ['seat,metric,value,Value\nc,a,1,2', 'Two columns are called “Value”'],
    ['week,date,seat,metric,value\n', 'both mean the period'],
    ['2026-W45,91\n2026-W46,92', 'The first row has to name the columns'],
    ['metric,value\na,1', 'no column “seat”'],
    ['seat,metric\nc,a', 'no column “value”'],
    ['seat,value\nc,1', 'no column “metric”'],
    ['seat,metric,value\nc,a,"1', 'A quote is opened and never closed'],
    [`seat,metric,value\nc,a,"${'x'.repeat(200_000)}`, 'more than 100,000 characters'],
    [
      `seat,week,${Array.from({ length: 999 }, (_, i) => `n${i}`).join(',')}\n${`${','.repeat(99)}1\n`.repeat(300)}`,
      '200,000 cells',
    ],
    ['seat,met\u0000ric,value\nc,a,1', 'column 2 holds a NUL character'],
  ])('%j', async (text, words) => {
    expect(await refusal(text)).toContain(words);
  });
});

test('a long file is read in parts, and nothing is torn where they meet', async () => {
  const note = 'naïve 🚢, "quoted"';
  for (const newline of ['\n', '\r\n']) {
    const rows = Array.from({ length: 3000 }, (_, i) => `claims,a,${i},"${note.replaceAll('"', '""')}"`);
    const { readings, faults } = await readReadingsCsv(['seat,metric,value,note', ...rows].join(newline));
    expect(faults).toEqual([]);
    expect(readings.map((r) => r.value)).toEqual(rows.map((_, i) => i));
    expect(new Set(readings.map((r) => r.note))).toEqual(new Set([note]));
  }
});

test('ten thousand rows are read, one more is not, however many are blank at the top', async () => {
  const text = (rows: number) => `\nseat,metric,value\n${'c,a,1\n'.repeat(rows)}`;
  expect((await readReadingsCsv(text(MOST_ROWS))).readings).toHaveLength(MOST_ROWS);
  expect(await refusal(text(MOST_ROWS + 1))).toContain('more than 10,000 rows');
});

test('whatever is in a file, it is read or refused with a sentence, and nothing but numbers comes out', async () => {
  const cell = fc.oneof(
    fc.string({ maxLength: 12 }),
    fc.constantFrom(
      '=1+1',
      '+1',
      '-1',
      '@x',
      '"',
      '1,5',
      '1.5',
      'NaN',
      '\0',
      'seat',
      'value',
      'metric',
      '\r',
      '\uFEFF',
    ),
    fc.double().map(String),
  );
  const line = fc.array(cell, { maxLength: 6 }).map((cells) => cells.join(','));
  const file = fc
    .tuple(fc.constantFrom('seat,metric,value,note\n', 'week,a,b\n', ''), fc.array(line))
    .map(([header, lines]) => header + lines.join('\n'));
  await fc.assert(
    fc.asyncProperty(file, async (text) => {
      let found;
      try {
        found = await readReadingsCsv(text, { seat: 'claims' });
      } catch (error) {
        expect(error).toBeInstanceOf(CoxswainError);
        return;
      }
      for (const r of found.readings) {
        expect(Number.isFinite(r.value)).toBe(true);
        expect(JSON.stringify(r)).not.toContain('\\u0000');
      }
      for (const f of found.faults) expect(f.row).toBeGreaterThan(1);
    }),
  );
});

test('what is written with quotes comes back as it was: notes keep formulas, separators and line breaks as text', async () => {
  const note = fc.string({ minLength: 1, maxLength: 40 }).map((s) => `=${s.replaceAll('\0', '').trim()}`);
  await fc.assert(
    fc.asyncProperty(
      note,
      fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e6, max: 1e6 }),
      async (text, value) => {
        const quoted = `"${text.replaceAll('"', '""')}"`;
        const { readings, faults } = await read(['seat,metric,value,note', `claims,a,${value},${quoted}`]);
        expect(faults).toEqual([]);
        expect(readings[0]?.note).toBe(text.trim());
        expect(readings[0]?.value).toBeCloseTo(value, 9);
      },
    ),
  );
});
