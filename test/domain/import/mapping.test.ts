import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { sketchMapping } from '../../../src/domain/import/sketch.ts';
import { CoxswainError } from '../../../src/errors.ts';
import { openInventory } from '../../../src/imports/file.ts';
import { mappingJsonSchema } from '../../../src/imports/json-schema.ts';
import { readMapping } from '../../../src/imports/read.ts';

const source = (bytes: Uint8Array) => ({
  name: 'inventory.csv',
  async *bytes() {
    yield bytes;
  },
});

async function rows(csv: string | Uint8Array, mapping: string) {
  const file = await openInventory(source(Buffer.from(csv)), mapping);
  const all = [];
  for await (const part of file.rows()) all.push(...part);
  return all;
}

const refusal = (work: () => unknown): string => {
  try {
    work();
  } catch (error) {
    if (error instanceof CoxswainError) return error.message;
    throw error;
  }
  return 'it was taken';
};

const MAP = `
source: hr
id: No
fields:
  name: Name
  accountability: What for
  risk: { column: Impact, values: { 'Rights-Impacting': high, Neither: low }, else: medium }
`;
const CSV = 'No,Name,What for,Impact,Team\n1,Claims,Sorts claims,Neither,North\n';

describe('a mapping', () => {
  test('fills fields, gives values their meaning whatever case and space, and keeps the rest', async () => {
    const csv = `${CSV}2,Letters,"Writes\nletters","rights-impacting\n",\n3,Fraud,Finds fraud,unsure,N/A\n`;
    expect(await rows(csv, `${MAP}blank: ['n/a']`)).toEqual([
      {
        row: 2,
        id: '1',
        values: { name: 'Claims', accountability: 'Sorts claims', risk: 'low' },
        extra: { Team: 'North' },
        notes: [],
      },
      expect.objectContaining({
        row: 3,
        values: { name: 'Letters', accountability: 'Writes letters', risk: 'high' },
        extra: {},
      }),
      expect.objectContaining({ row: 4, values: expect.objectContaining({ risk: 'medium' }), extra: {} }),
    ]);
  });

  test('a text that does not fit is shortened at a word, kept whole, and told', async () => {
    const long = `Sorts ${'very many '.repeat(60)}claims`;
    const [row] = await rows(CSV.replace('Sorts claims', long), MAP);
    expect(row).toMatchObject({
      extra: { 'What for': long },
      notes: [],
      shortened: [
        `accountability: the first 300 of ${long.length} characters fit; all of it is kept in extra.`,
      ],
    });
    const { accountability } = (row as { values: { accountability: string } }).values;
    expect(accountability.length).toBeLessThanOrEqual(300);
    expect(accountability).toMatch(/^Sorts very .* (?:very|many)…$/);
    const strict = MAP.replace(
      'accountability: What for',
      'accountability: { column: What for, too_long: skip }',
    );
    expect(await rows(CSV.replace('Sorts claims', long), strict)).toEqual([
      { row: 2, why: `accountability: it has ${long.length} characters, and at most 300 fit.`, meant: false },
    ]);
  });

  test('what cannot be taken is told with its row, and the others are', async () => {
    const csv = [
      'No,Name,What for,Impact',
      '1,Claims,Sorts claims,Neither',
      ',Nobody,No id,Neither',
      '1,Claims again,Sorts claims,Neither',
      '',
      '4,,No name,Neither',
      '5,Nul\0,A NUL,Neither',
      '6,Wide,Has more,Neither,and,more',
      '7,Short,Has less',
    ].join('\n');
    expect(await rows(csv, MAP)).toMatchObject([
      { row: 2, id: '1' },
      { row: 3, why: 'It has no id, so it could not be found again.' },
      { row: 4, why: 'It has the same id as row 2: “1”.' },
      { row: 5, why: 'Nothing stands in it.', meant: true },
      { row: 6, why: 'name: nothing stands there, and a seat needs it.' },
      { row: 7, why: '“Name” holds a NUL character. Save the file as CSV again.' },
      { row: 8, why: 'It has 6 cells, and the header 4. Put texts that hold the separator into quotes.' },
      { row: 9, id: '7', notes: ['It has 3 of 4 cells; the others count as empty.'] },
    ]);
  });

  test('repeated ids can be counted on, and rows left out by what stands in them', async () => {
    const csv = 'No,Name,What for,Impact\n1,A,x,Neither\n1,B,x,Neither\n2,C,x,Retired\n';
    const more = `${MAP}repeated: number\nskip: [{ column: impact, is: [retired] }]\n`;
    expect(await rows(csv, more)).toMatchObject([
      { id: '1' },
      { id: '1 #2' },
      { row: 4, why: '“impact” is “Retired”, which is left out.', meant: true },
    ]);
  });

  test('titles that are empty or there again get names, and these are told', async () => {
    const file = await openInventory(
      source(Buffer.from('No,Name,What for,Impact,,Note,Note\n1,A,x,Neither,b,c,d\n')),
      MAP,
    );
    expect(file.notes).toEqual([
      'Read as UTF-8, with a comma between the cells.',
      'Column 5 has no title, and is called “Column 5” here.',
      'Column 7 is the next one called “Note”, and is called “Note (2)” here.',
    ]);
    const all = [];
    for await (const part of file.rows()) all.push(...part);
    expect(all).toMatchObject([{ extra: { 'Column 5': 'b', Note: 'c', 'Note (2)': 'd' } }]);
  });

  test('what holds for many columns or rows is told once', async () => {
    const long = 'many words '.repeat(40);
    const titles = 'No,Name,What for,Impact,Note,Note,Note,,,__proto__';
    const lines = [1, 2, 3].map((n) => `${n},A,${n === 3 ? 'x' : long},Neither,b,c,d,e,f,g`);
    const text = [titles, ...lines].join('\n');
    const file = await openInventory(source(Buffer.from(text)), `${MAP}ignore: [Note]\n`);
    expect(file.notes).toEqual([
      'Read as UTF-8, with a comma between the cells.',
      'Longer than the field: accountability in 2 rows. The beginning is taken, and all of it is kept in the seat’s extra texts; the report names the rows.',
      'Columns 6 and 7 are called “Note” like one before, and are called “Note (2)” to “… (3)” here.',
      'Columns 8 and 9 have no title, and are called “Column 8” to “Column 9” here.',
      'Column 10 cannot keep the name “__proto__”, and is called “Column 10” here.',
      'Left out: Note.',
    ]);
    const all = [];
    for await (const part of file.rows()) all.push(...part);
    expect(all[2]).toMatchObject({
      extra: { 'Note (2)': 'c', 'Note (3)': 'd', 'Column 8': 'e', 'Column 9': 'f', 'Column 10': 'g' },
    });
  });

  test('the text for a key may be of any length, and a too long id is told', async () => {
    const long = 'word '.repeat(100).trim();
    const key = MAP.replace('fields:', 'fields:\n  key: Name');
    const [row] = await rows(CSV.replace('Claims', long), key);
    expect(row).toMatchObject({ values: { key: long } });
    expect(Object.keys((row as { extra: object }).extra)).not.toContain('key, whole');
    const ids = MAP.replace('id: No', 'id: What for');
    expect(await rows(CSV.replace('Sorts claims', 'x'.repeat(801)), ids)).toMatchObject([
      { row: 2, why: expect.stringMatching(/^Its id has 801 characters, and at most 800 fit\./) },
    ]);
  });

  test('a file that is not the one of the mapping is told by its own columns', async () => {
    await expect(rows('City,People\nUlm,126000\n', MAP)).rejects.toThrow(
      'This file has none of the columns that the mapping names; nothing was changed. Its columns are: City; People. Give the file that the mapping is for, or the mapping of this file.',
    );
  });

  test.each([
    ['\u0089PNG\r\n', 'a picture'],
    ['%PDF-1.7', 'a PDF'],
    ['PK\u0003\u0004\0', 'a workbook'],
    ['\u001f\u008b\u0008\0', 'a compressed file'],
  ])('what is no table is told by what it is: %j', async (head, kind) => {
    await expect(openInventory(source(Buffer.from(head, 'latin1')), MAP)).rejects.toThrow(
      `inventory.csv is ${kind}, not a CSV file. Save the table as CSV, and give that.`,
    );
  });

  test('columns that the file does not have are told with line and the nearest title', async () => {
    const wrong = MAP.replace('name: Name', 'name: Nmae').replace('What for', 'Wat for');
    await expect(rows(CSV, wrong)).rejects.toThrow(
      'This is not a mapping for this file yet; nothing was changed. Line 5, column 9: the file has no column “Nmae”. The nearest one is “Name”. Line 6, column 19: the file has no column “Wat for”. The nearest one is “What for”.',
    );
  });

  test.each([
    ['fields: [', /^This is not a mapping for this file yet; nothing was changed\. Line 1, column \d+: /],
    ['source: HR Inventory\nfields: {}', /Line 1, column 9: expected a name for the inventory/],
    ['source: hr\nfields: { nmae: Name }', /expected only these entries: key, name, .*; not “nmae”/],
    [
      'source: hr\nfields:\n  name: { colum: Name }',
      /Line 3, column 9: expected only these entries: column, .*“colum”/,
    ],
    [
      'source: hr\nfields:\n  name: { join: x }',
      /expected where it comes from: column, columns, template or value/,
    ],
    ['source: hr\nfields: { name: Name }\nextra: some', /expected “keep”, “ignore”, or a list of titles/],
    ['source: hr\nencoding: klingon\nfields: {}', /Line 2, column 11: expected an encoding like utf-8/],
    ['a: &a [*a]', /aliases/],
  ])('%j is refused in a sentence', (text, words) => {
    expect(refusal(() => readMapping(text))).toMatch(words);
  });

  test('any text is a mapping or is refused in a sentence', () => {
    const line = fc.constantFrom(
      'source: hr',
      'fields:',
      '  name: Name',
      '  - x',
      'id: {column: a}',
      '*a',
      '{',
      '"',
    );
    fc.assert(
      fc.property(fc.array(line), (lines) => {
        expect(refusal(() => readMapping(lines.join('\n')))).not.toBe('');
      }),
    );
  });

  test('mapping.schema.json is the same as JSON Schema', () => {
    const file = join(import.meta.dirname, '../../../src/imports/mapping.schema.json');
    expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual(mappingJsonSchema());
  });
});

describe('a sketch', () => {
  test('is a mapping for the file from whose titles it was guessed', async () => {
    const titles = [
      'Use Case ID',
      "Owner's e-mail",
      'Use Case Name',
      'Purpose',
      'Risk level',
      'Vendor',
      'Team: #1',
    ];
    const sketch = sketchMapping('AI inventory 2026.csv', titles);
    expect(readMapping(sketch).mapping).toMatchObject({
      source: 'ai-inventory-2026',
      id: { column: 'Use Case ID' },
      fields: {
        name: { column: 'Use Case Name' },
        accountability: { column: 'Purpose' },
        risk: { column: 'Risk level' },
        vendor: { column: 'Vendor' },
      },
    });
    readMapping(sketch).mapperFor(titles);
  });

  test('of the columns of the example in docs/import.md is one, with meanings that make sense', () => {
    const titles = ['No', 'Name', 'Team', 'What for', 'Details', 'Status', 'Impact', 'Systems'];
    const sketch = sketchMapping('inventory.csv', [...titles, 'Owner', 'Supplier', 'Service level']);
    expect(readMapping(sketch).mapping.fields).toMatchObject({
      name: { column: 'Name' },
      accountability: { column: 'What for' },
      use_case: { column: 'Details' },
      stage: { column: 'Status' },
      risk: { column: 'Impact' },
      'owner.accountable': { column: 'Owner' },
      vendor: { column: 'Supplier' },
      'vendor.sla': { column: 'Service level' },
    });
    expect(sketch).toContain("# values: { 'In use': production }");
    expect(sketch).toContain("# values: { 'Severe': high }");
  });

  test('of any titles is one', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.string({ minLength: 1 }), {
          minLength: 1,
          selector: (t) => t.trim().toLowerCase(),
        }),
        (given) => {
          const titles = given
            .map((title) => title.replaceAll(/\s+/g, ' ').trim())
            .filter((title) => title !== '');
          fc.pre(titles.length > 0);
          const { mapperFor } = readMapping(sketchMapping('x.csv', titles));
          mapperFor(titles);
        },
      ),
    );
  });
});

/** The layout of the federal inventory of 2024: made rows, with what is dirty in the real ones. */
describe('the example for the US federal inventory', () => {
  const example = readFileSync(
    join(import.meta.dirname, '../../../docs/examples/us-federal-inventory.yml'),
    'utf8',
  );
  const TITLES = [
    'Use Case Name',
    'Agency',
    'Agency Abbreviation',
    'Bureau',
    'What is the intended purpose and expected benefits of the AI?',
    'Describe the AI system\u0092s outputs.',
    'Stage of Development',
    'Is the AI use case rights-impacting, safety-impacting, both, or neither?',
    'Describe any agency-owned data used to train, fine-tune, and/or evaluate performance of the model(s) used in this use case.',
    'System Name',
    'If Other, please explain.',
    'If Other, please explain.',
  ];
  const line = (...cells: readonly string[]) =>
    TITLES.map((_, i) => `"${(cells[i] ?? '').replaceAll('"', '""')}"`).join(',');
  const csv = Buffer.from(
    [
      TITLES.map((title) => `"${title}"`).join(','),
      line(
        'Parcel "sorter"',
        'Department of Parcels',
        'DOP',
        'Mail',
        'Sorts parcels.\n',
        'Bins',
        'Operation and Maintenance',
        'Rights-Impacting\n',
        'N/A',
        'PS-1',
        'N/A',
        'because',
      ),
      line(
        'Chat',
        'Department of Parcels',
        'DOP',
        '',
        'Answers \u0096 fast',
        '',
        'Initiated',
        '',
        '',
        '',
        '',
        '',
      ),
      line('Chat', 'Department of Parcels', 'DOP', '', '', '', 'Something new', 'Neither', '', '', '', ''),
    ].join('\r\n'),
    'latin1',
  );

  test('takes every row of a file in Windows-1252', async () => {
    expect(await rows(csv, example)).toMatchObject([
      {
        row: 2,
        id: 'DOP / Mail / Parcel "sorter"',
        values: {
          name: 'Parcel "sorter"',
          accountability: 'Sorts parcels.',
          use_case: 'Sorts parcels.\n\nBins',
          stage: 'production',
          risk: 'high',
          systems: ['PS-1'],
          source: 'Department of Parcels, Mail',
        },
        extra: { 'If Other, please explain. (2)': 'because' },
      },
      {
        row: 3,
        id: 'DOP / Chat',
        values: { accountability: 'Answers – fast', stage: 'proposed', risk: 'medium' },
      },
      { row: 4, id: 'DOP / Chat #2', values: { stage: 'proposed', risk: 'low' } },
    ]);
  });
});
