/** More decimals than these are noise of computers, not of readings. */
const MOST = 4;

/** Decimals that a number is written with: 2 for 1.25. */
function decimals(value: number): number {
  const [, digits = '', exponent = '0'] = /^-?\d+(?:\.(\d+))?(?:e([+-]\d+))?$/.exec(String(value)) ?? [];
  return Math.max(0, digits.length - Number(exponent));
}

/**
 * Decimals with which averages and limits of a series are said: as many as its readings have, one where they are whole
 * numbers, four at most.
 */
export const decimalsOf = (values: readonly (number | null)[]): number =>
  Math.min(MOST, Math.max(1, ...values.map((value) => (value === null ? 0 : decimals(value)))));

export const rounded = (value: number, digits: number): number => Number(value.toFixed(digits));

/** At least `digits` decimals, and as many more as two different numbers need to read differently. */
export function decimalsApart(x: number, y: number, digits: number): number {
  const most = digits + MOST;
  for (let d = digits; d < most; d += 1) if (rounded(x, d) !== rounded(y, d)) return d;
  return most;
}
