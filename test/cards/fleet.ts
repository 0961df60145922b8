import { standingOf, trendOf } from '../../src/domain/rubric/standing.ts';
import { SEAT_RUBRIC, builtinRubric } from '../../src/rubrics/builtin.ts';
import fc from 'fast-check';
import type { Metric } from '../../db/metrics.ts';
import type { Seat } from '../../db/seats.ts';
import { formatTarget } from '../../src/domain/metric.ts';
import { lastPeriods } from '../../src/domain/period.ts';
import { type Cell, change, worstFirst } from '../../src/domain/scorecard.ts';
import type { DigestView } from '../../src/queries/digest.ts';
import type { PriorityLine } from '../../src/queries/priority.ts';
import type { Scorecards } from '../../src/queries/scorecard.ts';
import { MONDAY } from '../support/app.ts';

const ZONE = 'Europe/Berlin';

/** Any number of seats and metrics, with names as long and as odd as they can be typed. */
export interface Fleet {
  readonly seats: number;
  readonly metrics: number;
  readonly weeks: number;
  readonly names: readonly string[];
  readonly statuses: readonly Cell['status'][];
}

const name = fc.oneof(
  fc.string({ minLength: 1, maxLength: 80, unit: 'grapheme' }),
  fc.constantFrom(
    '受入率'.repeat(26),
    'W'.repeat(80),
    '"\\&<>|*_~'.repeat(8),
    '👩‍🚀'.repeat(16),
    'Latency p95',
  ),
);
const status = fc.constantFrom<Cell['status']>('red', 'yellow', 'green', 'missing', 'none');

export const fleets: fc.Arbitrary<Fleet> = fc.record({
  seats: fc.oneof(fc.integer({ min: 1, max: 5 }), fc.constantFrom(40, 300)),
  metrics: fc.oneof(fc.integer({ min: 1, max: 12 }), fc.constantFrom(60, 500)),
  weeks: fc.constantFrom(1, 13, 52),
  names: fc.array(name, { minLength: 1, maxLength: 12 }),
  statuses: fc.array(status, { minLength: 1, maxLength: 40 }),
});

const pick = <T>(items: readonly T[], i: number): T => items[i % items.length]!;

function seatOf(fleet: Fleet, i: number): Seat {
  return {
    org: 'o',
    id: `00000000-0000-4000-8000-seat${String(i).padStart(8, '0')}`,
    key: `${'seat-with-a-long-key'.slice(0, 20)}-${i}`,
    name: pick(fleet.names, i),
    holder: 'ai',
    accountability: 'Does it.',
    stage: 'pilot',
    level: 1,
    risk: 'medium',
    parent: null,
    channel: 'c',
    halted: false,
    issueCount: 0,
    priorityCount: 0,
    createdAt: 0,
    addedBy: null,
    visibility: 'everyone',
  };
}

function metricOf(fleet: Fleet, seat: string, i: number): Metric {
  return {
    org: 'o',
    id: `00000000-0000-4000-8000-${String(i).padStart(12, '0')}`,
    seat,
    key: `a-metric-with-a-long-key-${i}`.slice(0, 30),
    name: pick(fleet.names, i),
    category: 'quality',
    unit: pick(['%', 'milliseconds', '', 'EUR per case'], i),
    direction: pick(['higher', 'lower', 'range'] as const, i),
    target: 123_456.789,
    targetHigh: 234_567.891,
    tolerance: 5,
    cadence: 'weekly',
    owner: i % 7 === 0 ? null : `person-${i % 50}`,
    source: 'chat',
    sensitivity: 'standard',
    active: true,
    pausedAt: null,
    pauseReason: null,
    pausedBy: null,
    awaitedFrom: null,
    duePeriod: '2026-W47',
    dueAt: 0,
    createdAt: 0,
  };
}

/** Metrics are dealt out to the seats in turn. */
export function scorecardsOf(fleet: Fleet): Scorecards {
  const weeks = lastPeriods('weekly', fleet.weeks, MONDAY, ZONE);
  const cards = Array.from({ length: fleet.seats }, (_, s) => {
    const seat = seatOf(fleet, s);
    const own = Array.from({ length: fleet.metrics }, (_, i) => i).filter((i) => i % fleet.seats === s);
    return {
      seat,
      paused: [],
      rows: own.map((i) => {
        const metric = metricOf(fleet, seat.id, i);
        const cells = weeks.map((_, week): Cell => {
          const status = pick(fleet.statuses, i + week * 7);
          return status === 'missing' || status === 'none' ? { status } : { status, value: 98_765.4321 };
        });
        const ownerName = metric.owner === null ? undefined : pick(fleet.names, i + 3);
        return { metric, ownerName, target: formatTarget(metric, metric.unit), cells };
      }),
    };
  });
  return { weeks, cards };
}

function priorityOf(fleet: Fleet, i: number): PriorityLine {
  const seat = seatOf(fleet, i % fleet.seats);
  return {
    priority: {
      org: 'o',
      id: `p${i}`,
      ref: `${seat.key.toUpperCase()}-P${i}`,
      seat: seat.id,
      quarter: i % 3 === 0 ? '2026-Q3' : '2026-Q4',
      title: pick(fleet.names, i).repeat(2),
      owner: 'person',
      state: 'open',
      createdAt: 0,
      endedAt: null,
      note: null,
      place: null,
    },
    seat,
    ownerName: pick(fleet.names, i + 1),
    overdue: i % 3 === 0,
    word: i % 4 === 0 ? undefined : { on: i % 2 === 0, week: '2026-W46', stale: i % 5 === 0 },
  };
}

export function digestOf(fleet: Fleet): DigestView {
  const { weeks, cards } = scorecardsOf({ ...fleet, weeks: 13 });
  const rows = cards.flatMap(({ seat, rows }) =>
    rows.flatMap((row) => {
      const changed = change(row.cells);
      return changed === undefined ? [] : [{ seat, row, ...changed }];
    }),
  );
  const counts = { red: 0, yellow: 0, green: 0, missing: 0 };
  for (const { status } of rows) counts[status] += 1;
  return {
    zone: ZONE,
    at: MONDAY,
    week: weeks.at(-1)!,
    weeks,
    seats: fleet.seats,
    counts,
    rows: worstFirst(rows, ({ row }) => row.cells),
    paused: cards.slice(0, 40).map(({ seat }) => `${seat.key} paused-number`),
    issues: [],
    priorities: Array.from({ length: Math.min(fleet.metrics, fleet.seats * 7) }, (_, i) =>
      priorityOf(fleet, i),
    ),
    scored: cards.slice(0, 200).map(({ seat }, i) => ({ seat, standing: standingOfNumber(i) })),
    requests: cards.slice(0, 40).map(({ seat }, i) => ({
      seat,
      request: {
        org: 'o',
        id: `q${i}`,
        seat: seat.id,
        reviewer: 'r',
        by: 'b',
        at: MONDAY,
        dueAt: MONDAY,
        note: null,
        state: 'open' as const,
        endedAt: null,
        score: null,
        issue: null,
        openFor: null,
      },
      reviewer: 'Dana Okafor',
      overdue: i % 2 === 0,
    })),
    neverScored: cards.slice(200).map(({ seat }) => seat),
  };
}

/** Some standing that rose. */
function standingOfNumber(i: number): DigestView['scored'][number]['standing'] {
  const rubric = builtinRubric(SEAT_RUBRIC)!;
  const colours = ['GYRG', 'RRRR', 'GGGG', 'YGYG'];
  const given = (at: number, nth: number) => ({
    reviewer: 'r',
    at,
    rubric: 'production-readiness@1',
    kind: 'quick' as const,
    colours: colours[nth % colours.length]!,
  });
  const now = standingOf([given(MONDAY, i)], () => rubric)!;
  const before = standingOf([given(MONDAY - 1, i + 1)], () => rubric);
  return { now, before, trend: trendOf(before, now) };
}
