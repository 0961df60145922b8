import type { Rule } from '../../src/domain/calendar.ts';
import type { Json, JsonObject } from '../../src/ui/card.ts';
import type { Kit } from '../kit.pg.ts';
import type { OrgTables } from './org.ts';

/** Work that is due later: digests and their slots, follow-ups of actions, results kept for repeated calls. */
export function workTables(kit: Kit, { orgs, channels }: OrgTables) {
  const { table, text, int, bool, instant, json, primaryKey, foreignKey, index, uniqueIndex } = kit;

  const digests = table(
    'digests',
    {
      org: text('org').notNull(),
      id: text('id').notNull(),
      channel: text('channel').notNull(),
      rule: json<Rule>('rule').notNull(),
      zone: text('zone').notNull(),
      active: bool('active').notNull(),
      nextAt: instant('next_at').notNull(),
      /** The next reminder before `nextAt`: 24 hours, then 2 hours before. Null while paused. */
      nudgeAt: instant('nudge_at'),
    },
    (t) => [
      primaryKey({ columns: [t.org, t.id] }),
      index('digests_nudge').on(t.active, t.nudgeAt),
      uniqueIndex('digests_channel').on(t.org, t.channel),
      index('digests_due').on(t.active, t.nextAt),
      foreignKey({
        columns: [t.org, t.channel],
        foreignColumns: [channels.org, channels.id],
        name: 'digests_channel_fk',
      }),
    ],
  );

  /** The digest for executives: the whole organisation, to a person or a channel. */
  const executiveDigests = table(
    'executive_digests',
    {
      org: text('org')
        .notNull()
        .references(() => orgs.id),
      id: text('id').notNull(),
      toKind: text('to_kind').$type<'person' | 'channel'>().notNull(),
      toId: text('to_id').notNull(),
      rule: json<Rule>('rule').notNull(),
      zone: text('zone').notNull(),
      active: bool('active').notNull(),
      nextAt: instant('next_at').notNull(),
    },
    (t) => [
      primaryKey({ columns: [t.org, t.id] }),
      uniqueIndex('executive_digests_to').on(t.org, t.toKind, t.toId),
      index('executive_digests_due').on(t.active, t.nextAt),
    ],
  );

  const slots = table(
    'slots',
    {
      org: text('org')
        .notNull()
        .references(() => orgs.id),
      job: text('job').notNull(),
      target: text('target').notNull(),
      /** The instant the slot stands for, whenever it was really run. */
      nominal: instant('nominal').notNull(),
      ranAt: instant('ran_at').notNull(),
      outcome: text('outcome').$type<'on time' | 'late' | 'missed'>().notNull(),
    },
    (t) => [primaryKey({ columns: [t.org, t.job, t.target, t.nominal] })],
  );

  const followUps = table(
    'follow_ups',
    {
      org: text('org')
        .notNull()
        .references(() => orgs.id),
      id: text('id').notNull(),
      key: text('key').notNull(),
      action: text('action').notNull(),
      input: json<JsonObject>('input').notNull(),
      /** Audit sequence number of the action that asked for it. */
      cause: int('cause').notNull(),
      /** Business time from which it may run. */
      dueAt: instant('due_at').notNull(),
      state: text('state').$type<'waiting' | 'done' | 'failed'>().notNull(),
      tries: int('tries').notNull(),
      tryAt: instant('try_at'),
      leaseUntil: instant('lease_until'),
      error: text('error'),
    },
    (t) => [
      primaryKey({ columns: [t.org, t.id] }),
      uniqueIndex('follow_ups_key').on(t.org, t.key),
      index('follow_ups_due').on(t.state, t.dueAt),
    ],
  );

  const results = table(
    'results',
    {
      org: text('org')
        .notNull()
        .references(() => orgs.id),
      /** Idempotency key: a second call with it gets this result and does nothing. */
      key: text('key').notNull(),
      action: text('action').notNull(),
      inputHash: text('input_hash').notNull(),
      result: json<Json>('result'),
      at: instant('at').notNull(),
    },
    (t) => [primaryKey({ columns: [t.org, t.key] }), index('results_at').on(t.at)],
  );

  return { digests, executiveDigests, slots, followUps, results };
}
