import { type Cadence } from '../dates.ts';
import { type Direction, type MetricSource, formatTarget, statusOf, withUnit } from '../metric.ts';
import { decimalsApart, decimalsOf, rounded } from './precision.ts';
import { type Baseline, FROZEN } from './types.ts';
import type { Seen, Watched } from './watch.ts';

/** What a sentence needs to know of the metric. */
export interface Named {
  readonly name: string;
  readonly unit: string;
  readonly cadence: Cadence;
  readonly source: MetricSource;
}

/** Periods that its chance is counted over, in words. */
const SPAN: Record<Cadence, string> = {
  daily: 'in 52 days',
  weekly: 'a year',
  monthly: 'in 52 months',
};

const SOURCES: Record<MetricSource, string> = {
  chat: 'in chat',
  api: 'by API',
  csv: 'as CSV',
  alert: 'by alert',
};

/** What was seen, on which numbers, and how often that comes without any change: in plain words. */
export function sentenceOf(seen: Seen, history: readonly Watched[], metric: Named): string {
  const now = history[seen.at]!;
  const { name } = metric;
  const withTarget = targetWords(now, metric);
  switch (seen.kind) {
    case 'red':
      return `${name} was ${withUnit(now.value!, metric.unit)} in ${now.period}; ${withTarget}.${earlier(seen, history, 'red')}`;
    case 'yellows': {
      const values = history
        .slice(seen.since, seen.at + 1)
        .filter(({ value }) => value !== null)
        .slice(-3)
        .map(({ period, value }) => `${withUnit(value!, metric.unit)} in ${period}`);
      return `${name} was yellow three times in a row: ${values.join(', ')}; ${withTarget}.${earlier(seen, history, 'yellow')}`;
    }
    case 'limits':
    case 'shift':
      return statistical(seen, history, metric);
    case 'missing':
      return `No reading of ${name} came for ${spanOf(gapOf(seen, history))}${lastBefore(seen, history, metric)}.`;
    case 'silent':
      return `The machine that sends ${name} ${SOURCES[metric.source]} has gone silent: nothing came for ${spanOf(gapOf(seen, history))}${lastBefore(seen, history, metric)}.`;
    default:
      return seen.kind satisfies never;
  }
}

const gapOf = (seen: Seen, history: readonly Watched[]): string[] =>
  history.slice(seen.since, seen.at + 1).map(({ period }) => period);

/** `2026-W46 and 2026-W47`, `2026-W40 to 2026-W47`. */
const spanOf = (periods: readonly string[]): string =>
  periods.length <= 2 ? periods.join(' and ') : `${periods[0]} to ${periods.at(-1)}`;

function targetWords({ target }: Watched, { unit }: Named): string {
  if (target === null) return 'it has no target';
  const tolerance = target.tolerance === 0 ? '' : `, tolerance ${withUnit(target.tolerance, unit)}`;
  return `the target is ${formatTarget(target, unit)}${tolerance}`;
}

/** How often that came before: what counts as often is for the reader to say. */
function earlier(seen: Seen, history: readonly Watched[], status: 'red' | 'yellow'): string {
  const before = history
    .slice(0, seen.since)
    .filter(({ value, target }) => value !== null && target !== null);
  if (before.length === 0) return '';
  const alike = before.filter(({ value, target }) => statusOf(target!, value!) === status).length;
  const readings = before.length === 1 ? 'Of 1 reading' : `Of ${before.length} readings`;
  return ` ${readings} before, ${alike === 0 ? 'none' : alike} ${alike > 1 ? 'were' : 'was'} ${status}.`;
}

function lastBefore(seen: Seen, history: readonly Watched[], metric: Named): string {
  const last = history.slice(0, seen.since).findLast(({ value }) => value !== null);
  return last === undefined
    ? ''
    : `; the last one was ${withUnit(last.value!, metric.unit)} in ${last.period}`;
}

function statistical(seen: Seen, history: readonly Watched[], metric: Named): string {
  const { name, cadence } = metric;
  const { baseline, level, chance, direction } = seen.statistics!;
  const at = history[seen.at]!;
  const say = sayer(seen, history, metric);
  const judged = baselineWords(baseline, history);
  const often = `Of 100 numbers that do not change, about ${Math.max(1, Math.round(chance * 100))} show something like this ${SPAN[cadence]} by chance.`;
  const better = betterSide(direction, at.target?.direction);
  if (seen.kind === 'limits') {
    const lower = `${say(baseline.lower)} to ${say(baseline.upper)}`;
    return `${name} was ${say(level)} in ${at.period}, ${direction === 'up' ? 'above' : 'below'} where its readings lie while nothing changes: ${lower} (${judged}).${better} ${often}`;
  }
  const since = history[seen.since]!.period;
  const readings = history.slice(seen.since, seen.at + 1).filter(({ value }) => value !== null).length;
  const word = direction === 'up' ? 'higher' : 'lower';
  return `${name} has been ${word} since ${since}: ${say(level)} on average over ${readings} ${readings === 1 ? 'reading' : 'readings'} up to ${at.period}, ${say(baseline.centre)} before (${judged}).${better} ${often}`;
}

/** Says averages and limits as precisely as the readings are, and apart from what they are compared with. */
function sayer({ kind, statistics }: Seen, history: readonly Watched[], { unit }: Named) {
  const { baseline, level, direction } = statistics!;
  const edge = kind === 'shift' ? baseline.centre : direction === 'up' ? baseline.upper : baseline.lower;
  const digits = decimalsApart(level, edge, decimalsOf(history.map(({ value }) => value)));
  return (value: number) => withUnit(rounded(value, digits), unit);
}

/** `baseline of 26 readings, 2026-W10 to 2026-W35`. */
export function baselineWords(baseline: Baseline, history: readonly Watched[]): string {
  const [from, to] = [history[baseline.from]?.period ?? '', history[baseline.to]?.period ?? ''];
  const state = baseline.state === 'frozen' ? 'baseline' : 'provisional baseline';
  const left = baseline.state === 'frozen' ? '' : `; it is final at ${FROZEN}`;
  return `${state} of ${baseline.n} readings, ${from} to ${to}${left}`;
}

function betterSide(direction: 'up' | 'down', wanted: Direction | undefined): string {
  const better = (wanted === 'higher' && direction === 'up') || (wanted === 'lower' && direction === 'down');
  return better ? ' That is the better side: perhaps the new normal.' : '';
}

/** The same in a few words, for a picture and its alternative text. */
export function briefOf(seen: Seen, history: readonly Watched[], metric: Named): string {
  const now = history[seen.at]!;
  switch (seen.kind) {
    case 'red':
      return `${now.period}: red, ${withUnit(now.value!, metric.unit)}`;
    case 'yellows':
      return `${now.period}: yellow three times in a row`;
    case 'limits':
      return `${now.period}: ${withUnit(seen.statistics!.level, metric.unit)}, ${seen.direction === 'up' ? 'above' : 'below'} the limits`;
    case 'shift': {
      const { level, baseline } = seen.statistics!;
      const say = sayer(seen, history, metric);
      const side = seen.direction === 'up' ? 'higher' : 'lower';
      return `${now.period}: lasting change, ${side} since ${history[seen.since]!.period}: ${say(level)} on average, ${say(baseline.centre)} before`;
    }
    case 'missing':
      return `${spanOf(gapOf(seen, history))}: missing`;
    case 'silent':
      return `${spanOf(gapOf(seen, history))}: its source was silent`;
    default:
      return seen.kind satisfies never;
  }
}

/** `Acceptance rate is red`: the title of the issue that a signal opens. */
export function titleOf(seen: Pick<Seen, 'kind' | 'direction'>, name: string): string {
  const side = seen.direction === 'up' ? 'higher' : 'lower';
  switch (seen.kind) {
    case 'red':
      return `${name} is red`;
    case 'yellows':
      return `${name} is yellow for the third time`;
    case 'limits':
      return `${name} is much ${side} than usual`;
    case 'shift':
      return `${name} has become ${side}`;
    case 'missing':
      return `${name} is missing`;
    case 'silent':
      return `${name} has gone silent`;
    default:
      return seen.kind satisfies never;
  }
}
