/** Agreement of reviewers; see docs/readiness.md. */
export { type Level, alpha } from './agreement.ts';
/** Statistics of drift, as plain functions; see docs/drift.md. */
export { detect } from './drift/detect.ts';
export {
  type Baseline,
  BUDGETS,
  type Detection,
  type DetectOptions,
  type Sensitivity,
  type StatisticalSignal,
} from './drift/types.ts';
