/**
 * What other programs may import from the package `coxswain`: rules without any input or output, as plain functions.
 * Instants are milliseconds since 1970-01-01T00:00:00Z, zones are IANA names.
 */
export { type Rule, instantsBetween, latestInstant, nextInstant } from './domain/calendar.ts';
export { formatDuration, parseDuration } from './domain/duration.ts';
export {
  type Cadence,
  type Period,
  dueAt,
  lastPeriods,
  nextPeriod,
  periodFromKey,
  periodOf,
  previousPeriod,
} from './domain/period.ts';
export { formatSchedule, parseSchedule } from './domain/schedule.ts';
export { type WorkingHours, addWorkingTime, isWorking, nextWorking } from './domain/working-time.ts';
export {
  type Baseline,
  BUDGETS,
  type Detection,
  type DetectOptions,
  type Sensitivity,
  type StatisticalSignal,
  detect,
  type Level,
  alpha,
} from './domain/index.ts';
