import type { Answers } from '../../src/domain/rubric/readiness.ts';
import type { Rubric } from '../../src/domain/rubric/rubric.ts';
import type { ApprovedAs, RequestState, RubricState, ScoreKind } from '../../src/domain/rubric/score.ts';
import type { Marks } from '../../src/domain/rubric/quick.ts';
import type { RiskTier } from '../../src/domain/seat.ts';
import type { JsonObject } from '../../src/ui/card.ts';
import type { Kit } from '../kit.pg.ts';
import type { OrgTables } from './org.ts';
import type { SeatTables } from './seats.ts';

/** Rubrics and their versions, scores by them, scores that were asked for, and half-filled forms. */
export function scoreTables(kit: Kit, { orgs, people, seats }: OrgTables & Pick<SeatTables, 'seats'>) {
  const { table, text, int, instant, json, primaryKey, foreignKey, index, uniqueIndex } = kit;

  /** Never edited: a score refers to the version by which it was given. */
  const rubrics = table(
    'rubrics',
    {
      org: text('org')
        .notNull()
        .references(() => orgs.id),
      key: text('key').notNull(),
      version: int('version').notNull(),
      rubric: json<Rubric>('rubric').notNull(),
      state: text('state').$type<RubricState>().notNull(),
      proposedAt: instant('proposed_at').notNull(),
      /** Null: it came with Coxswain. */
      proposedBy: text('proposed_by'),
      reason: text('reason'),
      /** When it was adopted, withdrawn or replaced by another proposal. */
      decidedAt: instant('decided_at'),
      /** `key` while this is the version that holds. */
      present: text('present'),
    },
    (t) => [
      primaryKey({ columns: [t.org, t.key, t.version] }),
      uniqueIndex('rubrics_present').on(t.org, t.present),
    ],
  );

  const approvals = table(
    'rubric_approvals',
    {
      org: text('org').notNull(),
      key: text('key').notNull(),
      version: int('version').notNull(),
      /** By which right: one of each is needed. */
      as: text('as').$type<ApprovedAs>().notNull(),
      person: text('person').notNull(),
      at: instant('at').notNull(),
      comment: text('comment'),
    },
    (t) => [
      primaryKey({ columns: [t.org, t.key, t.version, t.as] }),
      uniqueIndex('rubric_approvals_person').on(t.org, t.key, t.version, t.person),
      foreignKey({
        columns: [t.org, t.key, t.version],
        foreignColumns: [rubrics.org, rubrics.key, rubrics.version],
        name: 'rubric_approvals_rubric',
      }),
      foreignKey({
        columns: [t.org, t.person],
        foreignColumns: [people.org, people.id],
        name: 'rubric_approvals_person_fk',
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
      /** `production-readiness@1` */
      rubric: text('rubric').notNull(),
      kind: text('kind').$type<ScoreKind>().notNull().default('quick'),
      /** Colour by dimension key. */
      marks: json<Marks>('marks').notNull(),
      /** One letter for each dimension or criterion, see `encodeMarks`; null in scores from before there were rubrics of one's own. */
      colours: text('colours'),
      percent: int('percent').notNull(),
      /** Of a full score: by `criterionPath`. */
      answers: json<Answers>('answers'),
      /** Of the seat at that time: it says which criteria were asked. */
      risk: text('risk').$type<RiskTier>(),
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

  const scoreRequests = table(
    'score_requests',
    {
      org: text('org').notNull(),
      id: text('id').notNull(),
      seat: text('seat').notNull(),
      reviewer: text('reviewer').notNull(),
      by: text('by').notNull(),
      at: instant('at').notNull(),
      dueAt: instant('due_at').notNull(),
      note: text('note'),
      state: text('state').$type<RequestState>().notNull(),
      endedAt: instant('ended_at'),
      /** The score that answered it. */
      score: text('score'),
      /** Opened when it was not answered in time. */
      issue: text('issue'),
      /** `seat:reviewer` while it is open: nobody is asked twice for the same. */
      openFor: text('open_for'),
    },
    (t) => [
      primaryKey({ columns: [t.org, t.id] }),
      uniqueIndex('score_requests_open_for').on(t.org, t.openFor),
      index('score_requests_by_seat').on(t.org, t.seat, t.state),
      index('score_requests_by_reviewer').on(t.org, t.reviewer, t.state),
      foreignKey({
        columns: [t.org, t.seat],
        foreignColumns: [seats.org, seats.id],
        name: 'score_requests_seat',
      }),
      foreignKey({
        columns: [t.org, t.reviewer],
        foreignColumns: [people.org, people.id],
        name: 'score_requests_reviewer',
      }),
    ],
  );

  /** What somebody typed into a long form and has not sent yet. Not evidence: it is thrown away when it is sent. */
  const drafts = table(
    'drafts',
    {
      org: text('org').notNull(),
      person: text('person').notNull(),
      /** Registered form and what it is about, `score.full:<seat id>`. */
      about: text('about').notNull(),
      /** What the values were typed for: `production-readiness@2`. */
      version: text('version').notNull(),
      values: json<JsonObject>('values').notNull(),
      at: instant('at').notNull(),
    },
    (t) => [
      primaryKey({ columns: [t.org, t.person, t.about] }),
      foreignKey({
        columns: [t.org, t.person],
        foreignColumns: [people.org, people.id],
        name: 'drafts_person',
      }),
    ],
  );

  return { rubrics, rubricApprovals: approvals, scores, scoreRequests, drafts };
}
