import { FROZEN, SENSITIVITIES, type Sensitivity } from '../src/domain/drift/types.ts';
import { type Watched, watch } from '../src/domain/drift/watch.ts';
import type { Target } from '../src/domain/metric.ts';
import { KIND_NAMES, type KindName, seriesOf } from './drift-data.ts';

const YEAR = 52;
/** An issue is worked on for so many weeks; signals in that time join it. */
const OPEN_WEEKS = 2;
/** How far the target lies from the level of the metric, and the tolerance beyond it, in standard deviations. */
const DISTANCE = 2;
const TOLERANCE = 1;

/** Level and standard deviation of a series as its owner would see them: over all of it. */
function targetFor(series: readonly number[], towards: -1 | 1): Target {
  const mean = series.reduce((sum, value) => sum + value, 0) / series.length;
  const sd = Math.sqrt(series.reduce((sum, value) => sum + (value - mean) ** 2, 0) / series.length);
  return {
    direction: towards < 0 ? 'higher' : 'lower',
    target: mean + towards * DISTANCE * sd,
    targetHigh: null,
    tolerance: TOLERANCE * sd,
  };
}

interface Count {
  issues: number;
  byStatistics: number;
}

/** Issues that the whole detector opens on one metric in the year after its baseline froze. */
function issuesOf(series: readonly number[], sensitivity: Sensitivity, target: Target): Count {
  const history: Watched[] = series.map((value, i) => ({ period: `w${i}`, value, missing: false, target }));
  const count = { issues: 0, byStatistics: 0 };
  let openUntil = -1;
  for (const { at, statistics } of watch(history, { sensitivity, from: FROZEN }).seen) {
    if (at <= openUntil) continue;
    openUntil = at + OPEN_WEEKS;
    count.issues += 1;
    if (statistics !== null) count.byStatistics += 1;
  }
  return count;
}

/**
 * False issues of the whole detector: reds and yellows, three in a row, included. The metric does not change; its
 * target lies two standard deviations from its level, with a tolerance of one more.
 */
export function falseIssues(count: number, seed: number) {
  const per100 = (kind: KindName, sensitivity: Sensitivity) => {
    let [issues, byStatistics, which] = [0, 0, 0];
    for (const series of seriesOf(kind, count, FROZEN + YEAR, seed * 1000 + 900)) {
      const found = issuesOf(series, sensitivity, targetFor(series, which % 2 === 0 ? -1 : 1));
      which += 1;
      issues += found.issues;
      byStatistics += found.byStatistics;
    }
    const rate = (value: number) => Number(((100 * value) / count).toFixed(1));
    return { all: rate(issues), statistical: rate(byStatistics) };
  };
  return {
    measure: 'whole detector',
    target: `target ${DISTANCE} standard deviations from the level, tolerance ${TOLERANCE} more, issues open for ${OPEN_WEEKS} weeks`,
    false_issues_per_100_metrics_year: Object.fromEntries(
      KIND_NAMES.map((kind) => [
        kind,
        Object.fromEntries(SENSITIVITIES.map((one) => [one, per100(kind, one)])),
      ]),
    ),
  };
}
