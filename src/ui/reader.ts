/** `person:<id>` or `channel:<id>`: who looks at what is shown. */
export type Reader = `${'person' | 'channel'}:${string}`;

/** Pictures, and what a file is made from: both are fetched later, from an address. */
const isFetched = (name: string, value: unknown): value is object =>
  typeof value === 'object' &&
  value !== null &&
  (name === 'document' || ('kind' in value && value.kind === 'picture'));

/** What is shown, with its pictures and files made for this reader, wherever in it they stand. */
export function forReader<T>(shown: T, reader: Reader, name = ''): T {
  if (typeof shown !== 'object' || shown === null) return shown;
  // Guarantee of the casts: a list stays a list, and an object gets one property more at most.
  if (Array.isArray(shown)) return shown.map((item: unknown) => forReader(item, reader)) as T;
  if (isFetched(name, shown)) return { ...shown, reader };
  return Object.fromEntries(
    Object.entries(shown).map(([name, value]) => [name, forReader(value, reader, name)]),
  ) as T;
}
