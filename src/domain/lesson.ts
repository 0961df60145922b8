import type { MetricCategory } from './metric.ts';
import type { HolderKind, RiskTier } from './seat.ts';

/** Which seats a rule speaks to; what is left out fits every seat. */
export interface LessonFit {
  readonly holder?: HolderKind;
  /** From this tier upwards. */
  readonly risk?: RiskTier;
  readonly category?: MetricCategory;
}
