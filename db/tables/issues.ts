import type { EscalationState, Policy } from '../../src/domain/escalation.ts';
import type { IssueKind, IssueState, Severity, SignalKind } from '../../src/domain/issue.ts';
import type { Kit } from '../kit.pg.ts';
import type { OrgTables } from './org.ts';
import type { SeatTables } from './seats.ts';

/** Issues, the signals that are their evidence, and the escalations that ping until someone answers. */
export function issueTables(kit: Kit, { seats, metrics }: OrgTables & SeatTables) {
  const { table, text, int, instant, json, primaryKey, foreignKey, index, uniqueIndex } = kit;

  const issues = table(
    'issues',
    {
      org: text('org').notNull(),
      id: text('id').notNull(),
      /** What people type: seat key in capitals and a running number, `CLAIMS-1`. */
      ref: text('ref').notNull(),
      seat: text('seat').notNull(),
      metric: text('metric'),
      kind: text('kind').$type<IssueKind>().notNull(),
      severity: int('severity').$type<Severity>().notNull(),
      title: text('title').notNull(),
      detail: text('detail'),
      link: text('link'),
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
      closedAt: instant('closed_at'),
      /** `seat:metric` while open: one open issue per seat and metric. */
      openFor: text('open_for'),
    },
    (t) => [
      primaryKey({ columns: [t.org, t.id] }),
      uniqueIndex('issues_ref').on(t.org, t.ref),
      uniqueIndex('issues_open_for').on(t.org, t.openFor),
      index('issues_by_seat').on(t.org, t.seat, t.state),
      index('issues_by_state').on(t.org, t.state),
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
      nextAt: instant('next_at'),
      endedAt: instant('ended_at'),
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
      /** Owner role or `governance channel`. */
      target: text('target').notNull(),
      person: text('person'),
      outcome: text('outcome')
        .$type<'pinged' | 'vacant' | 'unreachable' | 'own doing' | 'already pinged'>()
        .notNull(),
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

  return { issues, signals, escalations, pings };
}
