export const COLOURS = ['green', 'yellow', 'red'] as const;
export type Colour = (typeof COLOURS)[number];

export const DIMENSIONS = ['data', 'governance', 'integration', 'change'] as const;
export type Dimension = (typeof DIMENSIONS)[number];

export const DIMENSION_NAMES: Record<Dimension, string> = {
  data: 'Data readiness',
  governance: 'Governance scaffolding',
  integration: 'Integration architecture',
  change: 'Change ownership',
};

/** The built-in rubric that quick scores refer to. */
export const QUICK_RUBRIC = 'production-readiness@1';

/** One colour per dimension: a quick score. */
export type Marks = Readonly<Record<Dimension, Colour>>;

const POINTS: Record<Colour, number> = { green: 100, yellow: 50, red: 0 };

/** Green 100, yellow 50, red 0. */
export const colourPoints = (colour: Colour): number => POINTS[colour];

/** Readiness in percent: the mean of green 100, yellow 50, red 0, rounded down so that 100 means all green. */
export const percentOf = (marks: Marks): number =>
  Math.floor(DIMENSIONS.reduce((sum, d) => sum + POINTS[marks[d]], 0) / DIMENSIONS.length);

/** As good as its weakest dimension. */
export const weakest = (marks: Marks): Colour =>
  COLOURS.findLast((colour) => DIMENSIONS.some((d) => marks[d] === colour)) ?? 'green';

/** `G Y R G`: one letter a dimension, in the order of DIMENSIONS. */
export const letters = (marks: Marks): string => DIMENSIONS.map((d) => marks[d][0]!.toUpperCase()).join(' ');
