import { expect, test } from 'vitest';
import { textIn } from '../../commands/forms/given-file.ts';
import { refuseFile } from '../../src/platforms/file.ts';
import { FILE_BYTES } from '../../src/ui/form.ts';

const words = 'Wert;Grüße – 85,5 €';
const utf16 = (bom: number[], swap: boolean) => {
  const bytes = Buffer.from(words, 'utf16le');
  return Buffer.concat([Buffer.from(bom), swap ? bytes.swap16() : bytes]);
};
// 0x80 is the euro sign and 0x96 the dash in Windows-1252, and neither is anything in Latin-1.
const windows = Buffer.concat([
  Buffer.from('Wert;Gr'),
  Buffer.of(0xfc, 0xdf),
  Buffer.from('e '),
  Buffer.of(0x96),
  Buffer.from(' 85,5 '),
  Buffer.of(0x80),
]);

test.each([
  ['UTF-8', Buffer.from(words)],
  ['UTF-8 with a mark', Buffer.concat([Buffer.of(0xef, 0xbb, 0xbf), Buffer.from(words)])],
  ['UTF-16 little endian', utf16([0xff, 0xfe], false)],
  ['UTF-16 big endian', utf16([0xfe, 0xff], true)],
  ['Windows-1252', windows],
])('a file in %s is read', (_, bytes) => {
  expect(textIn({ file: { name: 'weeks.csv', bytes } }, 'file')).toBe(words);
});

test.each([
  ['PK\u0003\u0004\0', 'weeks.csv is a workbook, and holds no text.'],
  ['\u0089PNG\r\n', 'weeks.csv is a picture, and holds no text.'],
  ['%PDF-1.7', 'weeks.csv is a PDF, and holds no text.'],
  ['\u0001\0\u0002', 'weeks.csv holds no text.'],
])('what is no text is refused beside its field: %j', (head, words) => {
  const said = `${words} Save it as CSV or text and choose that.`;
  const given = { file: { name: 'weeks.csv', bytes: Buffer.from(head, 'latin1') } };
  expect(() => textIn(given, 'file')).toThrow(
    expect.objectContaining({ message: said, fields: { file: said } }),
  );
});

test('what was pasted is taken as it is, and no file is no answer', () => {
  expect(textIn({ file: { pasted: words } }, 'file')).toBe(words);
  expect(textIn({}, 'file')).toBeUndefined();
});

test('a file is refused by its name and its size before it is fetched', () => {
  expect(refuseFile('weeks.CSV', 10, ['csv', 'txt'])).toBeUndefined();
  expect(refuseFile('weeks.xlsx', 10, ['csv', 'txt'])).toBe(
    'weeks.xlsx is no .csv or .txt file. Save its table as CSV, and choose that.',
  );
  expect(refuseFile('map.png', 10, ['yml', 'yaml', 'txt'])).toBe(
    'map.png is no .yml, .yaml or .txt file. Choose one that is.',
  );
  expect(refuseFile('weeks.csv', FILE_BYTES, ['csv'])).toBeUndefined();
  expect(refuseFile('weeks.csv', FILE_BYTES + 600_000, ['csv'])).toBe(
    'This file has 5.6 MB, and at most 5 are taken. Please split it.',
  );
});
