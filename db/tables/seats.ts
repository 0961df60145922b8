import type { Cadence } from '../../src/domain/period.ts';
import type { Direction, MetricCategory, MetricSource } from '../../src/domain/metric.ts';
import type { Sensitivity } from '../../src/domain/drift/types.ts';
import type { HolderKind, OwnerRole, RiskTier, Stage } from '../../src/domain/seat.ts';
import type { PriorityState } from '../../src/domain/priority.ts';
import type { Visibility } from '../../src/domain/visibility.ts';
import type { Kit } from '../kit.pg.ts';
import type { OrgTables } from './org.ts';

/** Seats, who owns them, and their numbers. */
export function seatTables(kit: Kit, { people, orgs }: OrgTables) {
  const { table, text, int, real, bool, instant, primaryKey, foreignKey, index, uniqueIndex } = kit;

  const seats = table(
    'seats',
    {
      org: text('org')
        .notNull()
        .references(() => orgs.id),
      id: text('id').notNull(),
      key: text('key').notNull(),
      name: text('name').notNull(),
      holder: text('holder').$type<HolderKind>().notNull(),
      accountability: text('accountability').notNull(),
      stage: text('stage').$type<Stage>().notNull(),
      level: int('level').notNull(),
      risk: text('risk').$type<RiskTier>().notNull(),
      parent: text('parent'),
      channel: text('channel'),
      halted: bool('halted').notNull(),
      issueCount: int('issue_count').notNull(),
      priorityCount: int('priority_count').notNull().default(0),
      createdAt: instant('created_at').notNull(),
      /** Person id; null for seats from before this was kept. */
      addedBy: text('added_by'),
      /** Who may see the seat and everything about it. */
      visibility: text('visibility').$type<Visibility>().notNull().default('everyone'),
    },
    (t) => [
      primaryKey({ columns: [t.org, t.id] }),
      uniqueIndex('seats_key').on(t.org, t.key),
      index('seats_by_channel').on(t.org, t.channel),
    ],
  );

  const owners = table(
    'owners',
    {
      org: text('org').notNull(),
      id: text('id').notNull(),
      seat: text('seat').notNull(),
      role: text('role').$type<OwnerRole>().notNull(),
      person: text('person').notNull(),
      namedAt: instant('named_at').notNull(),
      namedBy: text('named_by'),
      acceptedAt: instant('accepted_at'),
      endedAt: instant('ended_at'),
      /** `seat:role` while this is the present owner, null afterwards: one present owner per role. */
      present: text('present'),
    },
    (t) => [
      primaryKey({ columns: [t.org, t.id] }),
      uniqueIndex('owners_present').on(t.org, t.present),
      index('owners_by_seat').on(t.org, t.seat),
      index('owners_by_person').on(t.org, t.person),
      foreignKey({ columns: [t.org, t.seat], foreignColumns: [seats.org, seats.id], name: 'owners_seat' }),
      foreignKey({
        columns: [t.org, t.person],
        foreignColumns: [people.org, people.id],
        name: 'owners_person',
      }),
    ],
  );

  const metrics = table(
    'metrics',
    {
      org: text('org').notNull(),
      id: text('id').notNull(),
      seat: text('seat').notNull(),
      key: text('key').notNull(),
      name: text('name').notNull(),
      category: text('category').$type<MetricCategory>().notNull(),
      unit: text('unit').notNull(),
      direction: text('direction').$type<Direction>().notNull(),
      target: real('target').notNull(),
      /** Upper end of the target when the direction is `range`. */
      targetHigh: real('target_high'),
      tolerance: real('tolerance').notNull(),
      cadence: text('cadence').$type<Cadence>().notNull(),
      owner: text('owner'),
      /** Where its readings are expected from. */
      source: text('source').$type<MetricSource>().notNull().default('chat'),
      /** How readily statistics raise a signal: a budget of false alarms a year. */
      sensitivity: text('sensitivity').$type<Sensitivity>().notNull().default('standard'),
      /** False while paused: nothing is awaited and nothing is judged. */
      active: bool('active').notNull(),
      pausedAt: instant('paused_at'),
      pauseReason: text('pause_reason'),
      pausedBy: text('paused_by'),
      /** Since when it is awaited as it is now: resumed, or with another cadence. Null: since it was added. */
      awaitedFrom: instant('awaited_from'),
      /** The period whose reading is awaited, and when it becomes missing. */
      duePeriod: text('due_period').notNull(),
      dueAt: instant('due_at').notNull(),
      createdAt: instant('created_at').notNull(),
    },
    (t) => [
      primaryKey({ columns: [t.org, t.id] }),
      uniqueIndex('metrics_key').on(t.org, t.seat, t.key),
      index('metrics_due').on(t.active, t.dueAt),
      index('metrics_by_owner').on(t.org, t.owner),
      foreignKey({ columns: [t.org, t.seat], foreignColumns: [seats.org, seats.id], name: 'metrics_seat' }),
    ],
  );

  /** What a metric's target was until it was changed; the present one stands in `metrics`. */
  const targetChanges = table(
    'target_changes',
    {
      org: text('org').notNull(),
      id: text('id').notNull(),
      metric: text('metric').notNull(),
      /** Until this instant the target was as follows. */
      until: instant('until').notNull(),
      by: text('by'),
      reason: text('reason').notNull(),
      direction: text('direction').$type<Direction>().notNull(),
      target: real('target').notNull(),
      targetHigh: real('target_high'),
      tolerance: real('tolerance').notNull(),
    },
    (t) => [
      primaryKey({ columns: [t.org, t.id] }),
      index('target_changes_by_metric').on(t.org, t.metric, t.until),
      foreignKey({
        columns: [t.org, t.metric],
        foreignColumns: [metrics.org, metrics.id],
        name: 'target_changes_metric',
      }),
    ],
  );

  /** Where a metric's baseline begins again, said by a person; without one it begins with the first reading. */
  const baselines = table(
    'baselines',
    {
      org: text('org').notNull(),
      id: text('id').notNull(),
      metric: text('metric').notNull(),
      /** Start of the first period that belongs to the baseline. */
      from: instant('from').notNull(),
      at: instant('at').notNull(),
      by: text('by').notNull(),
      reason: text('reason').notNull(),
      /** The issue that was solved as the new normal. */
      issue: text('issue'),
    },
    (t) => [
      primaryKey({ columns: [t.org, t.id] }),
      index('baselines_by_metric').on(t.org, t.metric, t.at),
      foreignKey({
        columns: [t.org, t.metric],
        foreignColumns: [metrics.org, metrics.id],
        name: 'baselines_metric',
      }),
    ],
  );

  /** How a seat moved through its stages; before the first change it stood at `from` since it was added. */
  const stageChanges = table(
    'stage_changes',
    {
      org: text('org').notNull(),
      id: text('id').notNull(),
      seat: text('seat').notNull(),
      from: text('from').$type<Stage>().notNull(),
      to: text('to').$type<Stage>().notNull(),
      at: instant('at').notNull(),
      by: text('by').notNull(),
      reason: text('reason').notNull(),
    },
    (t) => [
      primaryKey({ columns: [t.org, t.id] }),
      index('stage_changes_by_seat').on(t.org, t.seat, t.at),
      foreignKey({
        columns: [t.org, t.seat],
        foreignColumns: [seats.org, seats.id],
        name: 'stage_changes_seat',
      }),
    ],
  );

  /** At most seven a seat and quarter. */
  const priorities = table(
    'priorities',
    {
      org: text('org').notNull(),
      id: text('id').notNull(),
      /** What people type: `CLAIMS-P1`. */
      ref: text('ref').notNull(),
      seat: text('seat').notNull(),
      /** `2026-Q4` */
      quarter: text('quarter').notNull(),
      title: text('title').notNull(),
      owner: text('owner').notNull(),
      state: text('state').$type<PriorityState>().notNull(),
      createdAt: instant('created_at').notNull(),
      endedAt: instant('ended_at'),
      note: text('note'),
      /** `seat:quarter:n` with n from 1 to 7 while it takes one of the seven places. */
      place: text('place'),
    },
    (t) => [
      primaryKey({ columns: [t.org, t.id] }),
      uniqueIndex('priorities_ref').on(t.org, t.ref),
      uniqueIndex('priorities_place').on(t.org, t.place),
      index('priorities_by_seat').on(t.org, t.seat, t.quarter),
      index('priorities_by_owner').on(t.org, t.owner),
      foreignKey({
        columns: [t.org, t.seat],
        foreignColumns: [seats.org, seats.id],
        name: 'priorities_seat',
      }),
    ],
  );

  /** One word a week on each priority: on track or off. */
  const tracks = table(
    'tracks',
    {
      org: text('org').notNull(),
      priority: text('priority').notNull(),
      /** ISO week, `2026-W47`. */
      week: text('week').notNull(),
      on: bool('on').notNull(),
      at: instant('at').notNull(),
      by: text('by').notNull(),
      note: text('note'),
    },
    (t) => [
      primaryKey({ columns: [t.org, t.priority, t.week] }),
      foreignKey({
        columns: [t.org, t.priority],
        foreignColumns: [priorities.org, priorities.id],
        name: 'tracks_priority',
      }),
    ],
  );

  const readings = table(
    'readings',
    {
      org: text('org').notNull(),
      id: text('id').notNull(),
      metric: text('metric').notNull(),
      period: text('period').notNull(),
      periodStart: instant('period_start').notNull(),
      value: real('value').notNull(),
      at: instant('at').notNull(),
      reporter: text('reporter').notNull(),
      note: text('note'),
      /** `metric:period` while this is the reading that counts, null once a correction supersedes it. */
      present: text('present'),
      supersedes: text('supersedes'),
    },
    (t) => [
      primaryKey({ columns: [t.org, t.id] }),
      uniqueIndex('readings_present').on(t.org, t.present),
      index('readings_by_metric').on(t.org, t.metric, t.periodStart),
      foreignKey({
        columns: [t.org, t.metric],
        foreignColumns: [metrics.org, metrics.id],
        name: 'readings_metric',
      }),
    ],
  );

  return {
    seats,
    owners,
    metrics,
    targetChanges,
    baselines,
    stageChanges,
    priorities,
    tracks,
    readings,
  };
}

export type SeatTables = ReturnType<typeof seatTables>;
