import type { Cadence } from './dates.ts';
import { type Direction, type MetricCategory, formatNumber } from './metric.ts';

/** Least and greatest value that a metric can have at all; an end that is left out is open. */
export interface Bounds {
  readonly low?: number;
  readonly high?: number;
}

/** A metric that many seats have: everything but its target. */
export interface UsualMetric {
  readonly key: string;
  readonly name: string;
  readonly category: MetricCategory;
  readonly unit: string;
  readonly direction: Direction;
  /** How far beyond the target is still yellow: in the metric's unit, or as a share of the target. */
  readonly tolerance: { readonly points: number } | { readonly share: number };
  readonly bounds: Bounds;
  readonly cadence: Cadence;
  /** A target that somebody might begin with. */
  readonly example: number;
  /** One line. */
  readonly counted: string;
}

const PERCENT: Bounds = { low: 0, high: 100 };
const NOT_NEGATIVE: Bounds = { low: 0 };

const usual = (
  category: MetricCategory,
  key: string,
  name: string,
  [unit, direction, example, tolerance]: readonly [string, Direction, number, UsualMetric['tolerance']],
  counted: string,
): UsualMetric => ({
  key,
  name,
  category,
  unit,
  direction,
  tolerance,
  bounds: unit === '%' ? PERCENT : NOT_NEGATIVE,
  cadence: 'weekly',
  example,
  counted,
});

const points = (n: number) => ({ points: n });
const share = (n: number) => ({ share: n });

/** The usual metrics of the four categories, in the order in which they are offered. */
export const METRIC_CATALOGUE: readonly UsualMetric[] = [
  usual(
    'system',
    'latency-p95',
    'Latency p95',
    ['ms', 'lower', 800, share(0.25)],
    'Ninety-five of a hundred answers come at least this fast.',
  ),
  usual(
    'system',
    'error-rate',
    'Error rate',
    ['%', 'lower', 1, points(1)],
    'Requests that fail or time out, of all requests.',
  ),
  usual(
    'system',
    'availability',
    'Availability',
    ['%', 'higher', 99.5, points(0.4)],
    'Minutes in which the seat could work, of all minutes that were promised.',
  ),
  usual(
    'system',
    'token-cost',
    'Token cost',
    ['USD per case', 'lower', 0.2, share(0.25)],
    'What the models charged, divided by the cases that were handled.',
  ),
  usual(
    'quality',
    'acceptance-rate',
    'Acceptance rate',
    ['%', 'higher', 90, points(5)],
    'Outputs that people used as they were, of all outputs that were reviewed.',
  ),
  usual(
    'quality',
    'edit-rate',
    'Edit rate',
    ['%', 'lower', 15, points(5)],
    'Outputs that people changed before use, of all outputs that were used.',
  ),
  usual(
    'quality',
    'escalation-rate',
    'Escalation rate',
    ['%', 'lower', 10, points(3)],
    'Cases that the AI handed to a person, of all cases.',
  ),
  usual(
    'quality',
    'human-override-rate',
    'Human-override rate',
    ['%', 'lower', 5, points(2)],
    'Decisions of the AI that a person reversed, of all its decisions.',
  ),
  usual(
    'business',
    'cycle-time',
    'Cycle time',
    ['days', 'lower', 3, share(0.2)],
    'Median time from the arrival of a case to its end.',
  ),
  usual(
    'business',
    'throughput',
    'Throughput',
    ['cases', 'higher', 500, share(0.1)],
    'Cases that were finished in the period.',
  ),
  usual(
    'business',
    'response-time',
    'Response time',
    ['h', 'lower', 4, share(0.25)],
    'Median time from a question to the first answer that helps.',
  ),
  usual(
    'business',
    'case-capacity',
    'Case capacity',
    ['cases per person', 'higher', 40, share(0.1)],
    'Cases finished in the period, divided by the people who worked on them.',
  ),
  usual(
    'business',
    'handle-time',
    'Handle time',
    ['min', 'lower', 12, share(0.15)],
    'Mean working time that people spend on a case.',
  ),
  usual(
    'business',
    'satisfaction',
    'Satisfaction',
    ['%', 'higher', 85, points(5)],
    'Customers who answered “satisfied” or better, of all who answered.',
  ),
  usual(
    'adoption',
    'active-share',
    'Active share of eligible users',
    ['%', 'higher', 60, points(10)],
    'People who used it in the period, of all who could have.',
  ),
  usual(
    'adoption',
    'user-satisfaction',
    'User satisfaction',
    ['%', 'higher', 80, points(5)],
    'Users who answered “helps me” or better, of all who answered.',
  ),
];

const byKey = new Map(METRIC_CATALOGUE.map((metric) => [metric.key, metric]));

/** The usual metric of that key, whatever the letter case. */
export const usualMetric = (key: string): UsualMetric | undefined => byKey.get(key.trim().toLowerCase());

/** The tolerance for a target, in the metric's unit. */
export const usualTolerance = ({ tolerance }: UsualMetric, target: number): number =>
  'points' in tolerance ? tolerance.points : Number((Math.abs(target) * tolerance.share).toPrecision(3));

/** Why a usual metric cannot have this value: `912 is not between 0 and 100`; undefined when it can. */
export function impossible(metric: { readonly key: string; readonly unit: string }, value: number) {
  const usual = usualMetric(metric.key);
  if (usual === undefined || usual.unit !== metric.unit) return undefined;
  const { low, high } = usual.bounds;
  const fits = (low === undefined || value >= low) && (high === undefined || value <= high);
  if (fits) return undefined;
  const range = high === undefined ? `at least ${low}` : `between ${low ?? 'anything'} and ${high}`;
  return `${formatNumber(value)} cannot be: ${usual.name} is ${range}${metric.unit === '' ? '' : ` ${metric.unit}`}.`;
}
