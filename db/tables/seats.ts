import type { Cadence } from '../../src/domain/period.ts';
import type { Direction, MetricCategory } from '../../src/domain/metric.ts';
import type { HolderKind, OwnerRole, RiskTier, Stage } from '../../src/domain/seat.ts';
import type { Marks } from '../../src/domain/rubric.ts';
import type { Kit } from '../kit.pg.ts';
import type { OrgTables } from './org.ts';

/** Seats, who owns them, their numbers and their scores. */
export function seatTables(kit: Kit, { people, orgs }: OrgTables) {
  const { table, text, int, real, bool, instant, json, primaryKey, foreignKey, index, uniqueIndex } = kit;

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
      createdAt: instant('created_at').notNull(),
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
      active: bool('active').notNull(),
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

  const scores = table(
    'scores',
    {
      org: text('org').notNull(),
      id: text('id').notNull(),
      seat: text('seat').notNull(),
      reviewer: text('reviewer').notNull(),
      at: instant('at').notNull(),
      rubric: text('rubric').notNull(),
      marks: json<Marks>('marks').notNull(),
      percent: int('percent').notNull(),
      note: text('note'),
      evidence: text('evidence'),
    },
    (t) => [
      primaryKey({ columns: [t.org, t.id] }),
      index('scores_by_seat').on(t.org, t.seat, t.at),
      foreignKey({ columns: [t.org, t.seat], foreignColumns: [seats.org, seats.id], name: 'scores_seat' }),
      foreignKey({
        columns: [t.org, t.reviewer],
        foreignColumns: [people.org, people.id],
        name: 'scores_reviewer',
      }),
    ],
  );

  return { seats, owners, metrics, readings, scores };
}

export type SeatTables = ReturnType<typeof seatTables>;
