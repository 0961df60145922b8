export const DELIMITERS = [',', ';', '\t'] as const;
export type Delimiter = (typeof DELIMITERS)[number];

export const DELIMITER_NAMES: Readonly<Record<Delimiter, string>> = {
  ',': 'comma',
  ';': 'semicolon',
  '\t': 'tab',
};

/** What stands before the cells of a file, and what parts them. */
export interface Beginning {
  readonly delimiter: Delimiter;
  /** So many characters belong to the line `sep=;` of a spreadsheet, which is row 1 then. */
  readonly skip: number;
}

/**
 * From the first characters of a file: what parts its cells is the sign that stands most often in its first row, outside
 * of quotes.
 */
export function beginningOf(text: string): Beginning {
  const said = /^sep=([,;\t])(?:\r\n|\n|\r)/i.exec(text);
  if (said !== null) return { delimiter: said[1] as Delimiter, skip: said[0].length };
  const counts = new Map<string, number>(DELIMITERS.map((sign) => [sign, 0]));
  let quoted = false;
  for (const sign of text) {
    if (sign === '"') quoted = !quoted;
    else if (quoted) continue;
    else if (sign === '\n' || sign === '\r') {
      if ([...counts.values()].some((count) => count > 0)) break;
    } else if (counts.has(sign)) counts.set(sign, counts.get(sign)! + 1);
  }
  const most = Math.max(...counts.values());
  return { delimiter: DELIMITERS.find((sign) => counts.get(sign) === most)!, skip: 0 };
}
