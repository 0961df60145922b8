import type { Direction, Target } from '../../domain/metric.ts';
import { invalid } from '../../errors.ts';

interface Given {
  readonly direction: Direction;
  readonly target: number;
  readonly targetHigh?: number | undefined;
  readonly tolerance: number;
}

/** A target that makes sense; `example` is what to type for a range. Throws `invalid`. */
export function checkedTarget({ direction, target, targetHigh, tolerance }: Given, example: string): Target {
  if (direction === 'range' && (targetHigh === undefined || targetHigh < target)) {
    throw invalid('A range needs its two ends: a target and a higher upper end.', {
      hint: example,
      fields: { targetHigh: 'Give the upper end, not below the target.' },
    });
  }
  if (tolerance < 0) {
    throw invalid('The tolerance cannot be negative.', { fields: { tolerance: 'Give 0 or more.' } });
  }
  return { direction, target, targetHigh: direction === 'range' ? (targetHigh ?? null) : null, tolerance };
}
