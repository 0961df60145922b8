/** Status words of the scorecard; each is always shown as a word, the colour is only an addition. */
export const STATUSES = ['green', 'yellow', 'red', 'missing'] as const;
export type StatusWord = (typeof STATUSES)[number];

export const METRIC_CATEGORIES = ['system', 'quality', 'business', 'adoption'] as const;
export type MetricCategory = (typeof METRIC_CATEGORIES)[number];

export const DIRECTIONS = ['higher', 'lower', 'range'] as const;
/** `higher` and `lower` is better; `range` wants the value between target and targetHigh. */
export type Direction = (typeof DIRECTIONS)[number];

export const METRIC_SOURCES = ['chat', 'api', 'csv', 'alert'] as const;
/** Where readings are expected from: people in chat, machines, files, or alerts. */
export type MetricSource = (typeof METRIC_SOURCES)[number];

export interface Target {
  readonly direction: Direction;
  readonly target: number;
  /** Only for `range`: the upper end. */
  readonly targetHigh: number | null;
  /** How far beyond the target is still yellow, in the metric's unit; 0 means no yellow. */
  readonly tolerance: number;
}

/** How far the value misses the target, in the metric's unit; 0 or less when it meets it. */
export function miss(target: Target, value: number): number {
  switch (target.direction) {
    case 'higher':
      return target.target - value;
    case 'lower':
      return value - target.target;
    case 'range':
      return Math.max(target.target - value, value - (target.targetHigh ?? target.target));
    default:
      return target.direction satisfies never;
  }
}

/**
 * Status of one value: green meets the target, yellow lies inside the tolerance, red beyond it. The slack of
 * one part in 10^9 keeps a value that was typed as the limit from failing by binary rounding (0.1 + 0.2).
 */
export function statusOf(target: Target, value: number): Exclude<StatusWord, 'missing'> {
  const gap = miss(target, value);
  const slack = 1e-9 * Math.max(1, Math.abs(target.target), Math.abs(value));
  if (gap <= slack) return 'green';
  return gap <= target.tolerance + slack ? 'yellow' : 'red';
}

/** A number for people: at most four significant decimals, no exponent below a billion, no trailing zeros. */
export function formatNumber(value: number): string {
  if (!Number.isFinite(value)) return '–';
  const size = Math.abs(value);
  if (size >= 1e9 || (size > 0 && size < 1e-4)) return value.toExponential(2);
  const decimals = size >= 1000 ? 0 : size >= 100 ? 1 : size >= 10 ? 2 : 4;
  return String(Number(value.toFixed(decimals)));
}

export const withUnit = (value: number, unit: string): string =>
  unit === '' ? formatNumber(value) : `${formatNumber(value)} ${unit}`;

/** `≥ 92 %`, `≤ 300 ms`, `18–22 °C`. */
export function formatTarget(target: Target, unit: string): string {
  switch (target.direction) {
    case 'higher':
      return `≥ ${withUnit(target.target, unit)}`;
    case 'lower':
      return `≤ ${withUnit(target.target, unit)}`;
    case 'range':
      return `${formatNumber(target.target)}–${withUnit(target.targetHigh ?? target.target, unit)}`;
    default:
      return target.direction satisfies never;
  }
}

/**
 * A number as people type it: `0.92`, `92%`, `1,5` and `1.234,5` (decimal comma), `1,234.5`, `1 234`. Undefined
 * when it is none, or when comma and point leave it open what was meant (`1,234` alone is read as 1234).
 */
export function parseNumber(text: string): number | undefined {
  let body = text
    .trim()
    .replace(/[\s\u00a0\u202f'’]/g, '')
    .replace(/%$/, '')
    .replace(/^\u2212/, '-');
  if (!/^[+-]?[\d.,]+(?:e[+-]?\d{1,3})?$/i.test(body)) return undefined;
  const comma = body.lastIndexOf(',');
  const point = body.lastIndexOf('.');
  if (comma !== -1 && point !== -1) {
    body = comma > point ? body.replaceAll('.', '').replace(',', '.') : body.replaceAll(',', '');
  } else if (comma !== -1) {
    body =
      /^[+-]?\d{1,3}(?:,\d{3})+$/.test(body) && !/^[+-]?0,/.test(body)
        ? body.replaceAll(',', '')
        : body.replace(',', '.');
  }
  const value = Number(body);
  return body.includes(',') || !Number.isFinite(value) ? undefined : value;
}
