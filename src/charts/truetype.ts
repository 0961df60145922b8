/** How wide each character of a font is, in ems. Characters without a glyph are absent. */
export type Widths = ReadonlyMap<number, number>;

function tables(font: DataView): Map<string, number> {
  const found = new Map<string, number>();
  for (let i = 0; i < font.getUint16(4); i += 1) {
    const at = 12 + 16 * i;
    const tag = [0, 1, 2, 3].map((n) => String.fromCharCode(font.getUint8(at + n))).join('');
    found.set(tag, font.getUint32(at + 8));
  }
  return found;
}

/** Where the character map of all of Unicode (format 12) begins. */
function unicodeMap(font: DataView, cmap: number): number {
  for (let i = 0; i < font.getUint16(cmap + 2); i += 1) {
    const at = cmap + font.getUint32(cmap + 4 + 8 * i + 4);
    if (font.getUint16(at) === 12) return at;
  }
  throw new Error('The font has no character map of format 12.');
}

/**
 * Reads the advance widths out of a TrueType file: the tables head, hhea, hmtx and cmap of
 * https://learn.microsoft.com/typography/opentype/spec/. Throws when the bytes are not such a font.
 */
export function readWidths(bytes: Uint8Array): Widths {
  const font = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const offsets = tables(font);
  const table = (tag: string): number => {
    const at = offsets.get(tag);
    if (at === undefined) throw new Error(`The font has no table ${tag}.`);
    return at;
  };
  const perEm = font.getUint16(table('head') + 18);
  const measured = font.getUint16(table('hhea') + 34);
  const advances = table('hmtx');
  const map = unicodeMap(font, table('cmap'));

  const widths = new Map<number, number>();
  for (let i = 0; i < font.getUint32(map + 12); i += 1) {
    const at = map + 16 + 12 * i;
    const [first, last, glyph] = [font.getUint32(at), font.getUint32(at + 4), font.getUint32(at + 8)];
    for (let char = first; char <= last; char += 1) {
      const index = Math.min(glyph + char - first, measured - 1);
      widths.set(char, font.getUint16(advances + 4 * index) / perEm);
    }
  }
  return widths;
}
