import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { encodingOf, encodingProbe, isEncoding } from '../../../src/domain/import/encoding.ts';

const bytes = (...parts: readonly (string | number)[]): Uint8Array =>
  Buffer.concat(parts.map((part) => (typeof part === 'string' ? Buffer.from(part) : Buffer.from([part]))));

/** Swaps the bytes of each pair. */
const bigEndian = (text: string): Uint8Array => Buffer.from(text, 'utf16le').swap16();

describe('the encoding of a file', () => {
  test.each([
    ['UTF-8', bytes('Straße, 東京'), 'utf-8'],
    ['UTF-8 with a mark', bytes(0xef, 0xbb, 0xbf, 'name'), 'utf-8'],
    ['UTF-16 with a mark', Buffer.from('\uFEFFname;ä', 'utf16le'), 'utf-16le'],
    ['UTF-16, big endian, with a mark', bigEndian('\uFEFFname;ä'), 'utf-16be'],
    ['UTF-16 without a mark', Buffer.from('name;owner\r\n東京;ä\r\n', 'utf16le'), 'utf-16le'],
    ['UTF-16, big endian, without a mark', bigEndian('name;owner\r\n東京;ä\r\n'), 'utf-16be'],
    ['Windows-1252', bytes('Describe the AI system', 0x92, 's outputs.'), 'windows-1252'],
    ['plain letters', bytes('name,owner'), 'utf-8'],
    ['nothing', bytes(), 'utf-8'],
    ['a NUL that strayed in', bytes('name,owner', 0, '\r\nclaims,ana\r\n'), 'utf-8'],
  ])('%s', (_, file, label) => {
    expect(encodingOf(file).label).toBe(label);
    expect(isEncoding(label)).toBe(true);
  });

  test('is found whatever the pieces in which the bytes come', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme', minLength: 1 }),
        fc.constantFrom('utf8', 'utf16le', 'latin1'),
        fc.integer({ min: 1, max: 5 }),
        (text, encoding, size) => {
          const file = Buffer.from(text, encoding as BufferEncoding);
          const probe = encodingProbe();
          for (let from = 0; from < file.length; from += size) probe.feed(file.subarray(from, from + size));
          expect(probe.decide()).toEqual(encodingOf(file));
        },
      ),
    );
  });

  test('valid UTF-8 without zero bytes is never taken for anything else', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        fc.pre(!text.includes('\0') && text.isWellFormed());
        expect(encodingOf(Buffer.from(text)).label).toBe('utf-8');
      }),
    );
  });
});
