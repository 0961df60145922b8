import type { DetectOptions } from './types.ts';

/** Between which values a metric can lie at all: a percentage that never left 0 to 100 lies there. */
export function boundsOf(unit: string, values: readonly (number | null)[]): Pick<DetectOptions, 'bounds'> {
  const share =
    unit.trim() === '%' && values.every((value) => value === null || (value >= 0 && value <= 100));
  return share ? { bounds: { low: 0, high: 100 } } : {};
}
