import type { Colour } from './colour.ts';
import type { Rubric } from './rubric.ts';

/** Colour by dimension key, in no order. */
export type Marks = Readonly<Record<string, Colour>>;

/** The colours of a quick score in the order of the rubric; undefined for a dimension without one. */
export const coloursOf = (rubric: Rubric, marks: Marks): (Colour | undefined)[] =>
  rubric.dimensions.map((d) => marks[d.key]);
