import type {
  EscalationState,
  PingOutcome,
  PingTarget,
  Policy,
  RoundReason,
} from '../../src/domain/escalation.ts';
import type { IssueKind, IssueState, Outcome, Severity, SignalKind } from '../../src/domain/issue.ts';
import type { LessonFit } from '../../src/domain/lesson.ts';
import type { JsonObject } from '../../src/ui/card.ts';
import type { Kit } from '../kit.pg.ts';
import type { OrgTables } from './org.ts';
import type { SeatTables } from './seats.ts';

/** Issues, the signals that are their evidence, and the escalations that ping until someone answers. */
export function issueTables(kit: Kit, { orgs, people, seats, metrics }: OrgTables & SeatTables) {
  const { table, text, int, bool, instant, json, primaryKey, foreignKey, index, uniqueIndex } = kit;

  const issues = table(
    'issues',
    {
      org: text('org').notNull(),
      id: text('id').notNull(),
      /** What people type: seat key in capitals and a running number, `CLAIMS-1`. */
      ref: text('ref').notNull(),
      seat: text('seat').notNull(),
      metric: text('metric'),
      /** The priority that is off track. */
      priority: text('priority'),
      kind: text('kind').$type<IssueKind>().notNull(),
      severity: int('severity').$type<Severity>().notNull(),
      title: text('title').notNull(),
      detail: text('detail'),
      link: text('link'),
      /** The message in chat that it was raised from, as it read then. */
      quote: text('quote'),
      /** A drill runs the chain for real; it counts in no figure about the seat. */
      drill: bool('drill').notNull().default(false),
      /** Person id: who has it, said by a person; the owners otherwise. */
      assignee: text('assignee'),
      state: text('state').$type<IssueState>().notNull(),
      openedAt: instant('opened_at').notNull(),
      /** Person id, or null when Coxswain opened it by itself. */
      openedBy: text('opened_by'),
      acknowledgedAt: instant('acknowledged_at'),
      acknowledgedBy: text('acknowledged_by'),
      solvedAt: instant('solved_at'),
      solvedBy: text('solved_by'),
      cause: text('cause'),
      fix: text('fix'),
      lesson: text('lesson'),
      /** Of a drift issue: fixed, or the new normal. */
      outcome: text('outcome').$type<Outcome>(),
      dropReason: text('drop_reason'),
      /** The issue into which this one was merged. */
      mergedInto: text('merged_into'),
      reopenedAt: instant('reopened_at'),
      /** By the service level of its severity; null where it promises none. */
      acknowledgeBy: instant('acknowledge_by'),
      solveBy: instant('solve_by'),
      /** What is solved closes by itself then, unless something is heard before. */
      closeAt: instant('close_at'),
      closedAt: instant('closed_at'),
      /** Person id of who closed, dropped or merged it; null when Coxswain did. */
      closedBy: text('closed_by'),
      /** While open: `seat:metric`, or `priority:id`. One open issue for each of them. */
      openFor: text('open_for'),
    },
    (t) => [
      primaryKey({ columns: [t.org, t.id] }),
      uniqueIndex('issues_ref').on(t.org, t.ref),
      uniqueIndex('issues_open_for').on(t.org, t.openFor),
      index('issues_by_seat').on(t.org, t.seat, t.state),
      index('issues_by_state').on(t.org, t.state),
      index('issues_by_metric').on(t.org, t.metric, t.openedAt),
      index('issues_by_priority').on(t.org, t.priority),
      index('issues_by_assignee').on(t.org, t.assignee),
      index('issues_close_at').on(t.closeAt),
      foreignKey({ columns: [t.org, t.seat], foreignColumns: [seats.org, seats.id], name: 'issues_seat' }),
      foreignKey({
        columns: [t.org, t.metric],
        foreignColumns: [metrics.org, metrics.id],
        name: 'issues_metric',
      }),
    ],
  );

  const signals = table(
    'signals',
    {
      org: text('org').notNull(),
      id: text('id').notNull(),
      issue: text('issue').notNull(),
      at: instant('at').notNull(),
      kind: text('kind').$type<SignalKind>().notNull(),
      period: text('period'),
      sentence: text('sentence').notNull(),
      /** What the sentence was made from: figures for charts and exports. */
      facts: json<JsonObject>('facts'),
    },
    (t) => [
      primaryKey({ columns: [t.org, t.id] }),
      index('signals_by_issue').on(t.org, t.issue, t.at),
      foreignKey({
        columns: [t.org, t.issue],
        foreignColumns: [issues.org, issues.id],
        name: 'signals_issue',
      }),
    ],
  );

  const escalations = table(
    'escalations',
    {
      org: text('org').notNull(),
      id: text('id').notNull(),
      issue: text('issue').notNull(),
      /** Snapshot taken when the escalation started: later changes of the policy do not reach it. */
      policy: json<Policy>('policy').notNull(),
      /** The step that runs next; the ending once it equals the number of steps. */
      step: int('step').notNull(),
      /** How often the ending has been repeated. */
      repeats: int('repeats').notNull(),
      state: text('state').$type<EscalationState>().notNull(),
      startedAt: instant('started_at').notNull(),
      /** The next step, reminder, return or restart. */
      nextAt: instant('next_at'),
      endedAt: instant('ended_at'),
      /** 1 for the first run of the chain; one more each time it starts again. */
      round: int('round').notNull().default(1),
      /** Why this round runs: opened, not solved in time, reopened, worse, drill. */
      because: text('because').$type<RoundReason>().notNull().default('opened'),
      /** Nobody is asked before this instant, and the time counts for nothing. */
      snoozedUntil: instant('snoozed_until'),
      snoozedBy: text('snoozed_by'),
      /** Handed to this person, who has not taken it yet; it goes back to `handedBy`. */
      handedTo: text('handed_to'),
      handedBy: text('handed_by'),
      reminders: int('reminders').notNull().default(0),
      /** Why it was snoozed or handed over, in their words. */
      why: text('why'),
    },
    (t) => [
      primaryKey({ columns: [t.org, t.id] }),
      uniqueIndex('escalations_issue').on(t.org, t.issue),
      index('escalations_due').on(t.state, t.nextAt),
      foreignKey({
        columns: [t.org, t.issue],
        foreignColumns: [issues.org, issues.id],
        name: 'escalations_issue_fk',
      }),
    ],
  );

  const pings = table(
    'pings',
    {
      org: text('org').notNull(),
      id: text('id').notNull(),
      escalation: text('escalation').notNull(),
      issue: text('issue').notNull(),
      step: int('step').notNull(),
      at: instant('at').notNull(),
      /** Business time from which the person is asked: their next working time. */
      notBefore: instant('not_before').notNull(),
      /** Owner role, `person:…`, `channel:…`, or where it ends. */
      target: text('target').$type<PingTarget>().notNull(),
      person: text('person'),
      outcome: text('outcome').$type<PingOutcome>().notNull(),
      round: int('round').notNull().default(1),
      /** When this person acknowledged; counts where a step needs all of them. */
      answeredAt: instant('answered_at'),
    },
    (t) => [
      primaryKey({ columns: [t.org, t.id] }),
      index('pings_by_issue').on(t.org, t.issue, t.at),
      index('pings_by_person').on(t.org, t.person, t.notBefore),
      foreignKey({
        columns: [t.org, t.escalation],
        foreignColumns: [escalations.org, escalations.id],
        name: 'pings_escalation',
      }),
    ],
  );

  /** What people said about an issue: by mention in its thread, by shortcut or by command. */
  const comments = table(
    'comments',
    {
      org: text('org').notNull(),
      id: text('id').notNull(),
      issue: text('issue').notNull(),
      at: instant('at').notNull(),
      person: text('person').notNull(),
      text: text('text').notNull(),
      link: text('link'),
    },
    (t) => [
      primaryKey({ columns: [t.org, t.id] }),
      index('comments_by_issue').on(t.org, t.issue, t.at),
      foreignKey({
        columns: [t.org, t.issue],
        foreignColumns: [issues.org, issues.id],
        name: 'comments_issue',
      }),
      foreignKey({
        columns: [t.org, t.person],
        foreignColumns: [people.org, people.id],
        name: 'comments_person',
      }),
    ],
  );

  /** Lessons that became rules of the organisation, shown to every new seat that they fit. */
  const rules = table(
    'rules',
    {
      org: text('org').notNull(),
      id: text('id').notNull(),
      /** What people type: `R1`. */
      ref: text('ref').notNull(),
      text: text('text').notNull(),
      why: text('why').notNull(),
      /** The issue that taught it. */
      issue: text('issue'),
      fits: json<LessonFit>('fits').notNull(),
      at: instant('at').notNull(),
      by: text('by').notNull(),
      endedAt: instant('ended_at'),
      endReason: text('end_reason'),
      endedBy: text('ended_by'),
    },
    (t) => [
      primaryKey({ columns: [t.org, t.id] }),
      uniqueIndex('rules_ref').on(t.org, t.ref),
      foreignKey({ columns: [t.org, t.issue], foreignColumns: [issues.org, issues.id], name: 'rules_issue' }),
    ],
  );

  /** Escalation policies that differ from the default, every version of them. */
  const policies = table(
    'policies',
    {
      org: text('org')
        .notNull()
        .references(() => orgs.id),
      id: text('id').notNull(),
      /** Null: for the whole organisation. */
      seat: text('seat'),
      severity: int('severity').$type<Severity>().notNull(),
      version: int('version').notNull(),
      /** Null: from here on the default holds again. */
      policy: json<Policy>('policy'),
      at: instant('at').notNull(),
      by: text('by').notNull(),
      reason: text('reason'),
      /** `*:2` or `seat:2` while this version is the one that holds. */
      present: text('present'),
    },
    (t) => [
      primaryKey({ columns: [t.org, t.id] }),
      uniqueIndex('policies_present').on(t.org, t.present),
      index('policies_by_seat').on(t.org, t.seat, t.severity, t.version),
      foreignKey({ columns: [t.org, t.seat], foreignColumns: [seats.org, seats.id], name: 'policies_seat' }),
    ],
  );

  /** Alerts of machines by their own fingerprint: one that comes again is the same issue. */
  const alerts = table(
    'alerts',
    {
      org: text('org').notNull(),
      /** Token id of the sender. */
      source: text('source').notNull(),
      fingerprint: text('fingerprint').notNull(),
      /** Null while only its end was told: what began before that is over already. */
      issue: text('issue'),
      state: text('state').$type<'firing' | 'resolved'>().notNull(),
      startedAt: instant('started_at').notNull(),
      seenAt: instant('seen_at').notNull(),
    },
    (t) => [
      primaryKey({ columns: [t.org, t.source, t.fingerprint] }),
      index('alerts_by_issue').on(t.org, t.issue),
      foreignKey({
        columns: [t.org, t.issue],
        foreignColumns: [issues.org, issues.id],
        name: 'alerts_issue',
      }),
    ],
  );

  return { issues, signals, escalations, pings, comments, rules, policies, alerts };
}
