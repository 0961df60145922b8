import { fold } from './fold.ts';

/** Whether a database's `lower` is enough for it: SQLite's knows A to Z only. */
export const isPlain = (text: string): boolean => /^[ -~]*$/.test(text);

const caseless = (text: string): string => text.normalize('NFC').toLowerCase();

/**
 * The rows that are called so but for the case; where there are none, but for accents and width, too. Two at most: of
 * two nobody is guessed.
 */
export function calledSo<R>(
  rows: readonly R[],
  text: string,
  namesOf: (row: R) => readonly (string | null)[],
): R[] {
  const alike = (same: (name: string) => string) => {
    const wanted = same(text);
    return rows.filter((row) => namesOf(row).some((name) => name !== null && same(name) === wanted));
  };
  const exact = alike(caseless);
  return (exact.length > 0 ? exact : alike(fold)).slice(0, 2);
}
