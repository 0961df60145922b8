/** Best first. Always shown as a word or letter as well. */
export const COLOURS = ['green', 'yellow', 'red'] as const;
export type Colour = (typeof COLOURS)[number];

const POINTS: Readonly<Record<Colour, number>> = { green: 100, yellow: 50, red: 0 };

/** The mean of green 100, yellow 50, red 0, rounded down so that 100 means all green; undefined of none. */
export const percentOf = (colours: readonly Colour[]): number | undefined =>
  colours.length === 0
    ? undefined
    : Math.floor(colours.reduce((sum, colour) => sum + POINTS[colour], 0) / colours.length);

/** As good as the weakest; undefined of none. */
export const weakestOf = (colours: readonly Colour[]): Colour | undefined =>
  COLOURS.findLast((colour) => colours.includes(colour));

/** Green 0, yellow 1, red 2. */
export const rankOf = (colour: Colour): number => COLOURS.indexOf(colour);

/** The median; of an even number the worse of the two in the middle: doubt counts against readiness. */
export function medianColour(colours: readonly Colour[]): Colour | undefined {
  const sorted = colours.toSorted((a, b) => rankOf(a) - rankOf(b));
  return sorted[Math.floor(sorted.length / 2)];
}

/** `G Y – R`: one letter a dimension; a dash where nothing applies. */
export const lettersOf = (colours: readonly (Colour | undefined)[]): string =>
  colours.map((colour) => colour?.[0]!.toUpperCase() ?? '–').join(' ');
