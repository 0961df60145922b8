import type { Args } from './form.ts';

/** Name of the argument that fills a dimension in: no key of a dimension has an underscore, so it hides no other one. */
const argOf = (dimension: string): string => `mark_${dimension}`;

/** What is known already, for the quick form. */
export const quickArgs = (
  marks: Readonly<Record<string, string>>,
  note: string | undefined,
  evidence: string | undefined,
): Args => ({
  ...Object.fromEntries(Object.entries(marks).map(([key, mark]) => [argOf(key), mark])),
  ...(note === undefined ? {} : { note }),
  ...(evidence === undefined ? {} : { evidence }),
});

export const markGiven = (args: Args, dimension: string): string | undefined => args[argOf(dimension)];
