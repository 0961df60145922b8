import type { DetectOptions } from './types.ts';

/**
 * Between which values a metric can lie at all, as its readings tell: what was never below 0 has no limit there, and a
 * percentage that never left 0 to 100 has none above.
 */
export function boundsOf(unit: string, values: readonly (number | null)[]): Pick<DetectOptions, 'bounds'> {
  const known = values.filter((value) => value !== null);
  if (known.length === 0 || known.some((value) => value < 0)) return {};
  const share = unit.trim() === '%' && known.every((value) => value <= 100);
  return { bounds: share ? { low: 0, high: 100 } : { low: 0 } };
}
