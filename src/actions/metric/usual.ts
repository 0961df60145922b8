import { parseNumber } from '../../domain/metric.ts';
import { usualMetric, usualTolerance } from '../../domain/metric-catalogue.ts';

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** What was given, and for a metric of the catalogue the rest from there. What was given stands. */
export function filledFromCatalogue(given: unknown): unknown {
  if (!isRecord(given) || typeof given['key'] !== 'string') return given;
  const usual = usualMetric(given['key']);
  if (usual === undefined) return given;
  const { name, category, unit, direction, cadence } = usual;
  const typed = given['target'];
  const target = typeof typed === 'string' ? parseNumber(typed) : Number(typed);
  const tolerance =
    target === undefined || !Number.isFinite(target) ? {} : { tolerance: usualTolerance(usual, target) };
  const stands = Object.entries(given).filter(([, value]) => value !== undefined && value !== '');
  return { name, category, unit, direction, cadence, ...tolerance, ...Object.fromEntries(stands) };
}
