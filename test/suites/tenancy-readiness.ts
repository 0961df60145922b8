import * as drafts from '../../db/drafts.ts';
import { acceptedInRole } from '../../db/owners.ts';
import * as rubrics from '../../db/rubrics.ts';
import * as scores from '../../db/scores.ts';
import { seatById } from '../../db/seats.ts';
import type { Db } from '../../db/store.ts';
import { draftAbout } from '../../src/actions/score/index.ts';
import { askedPaths } from '../../src/domain/rubric/readiness.ts';
import { loadFullScore } from '../../src/queries/full-score.ts';
import { peopleNamed } from '../../src/queries/people.ts';
import { loadReadiness } from '../../src/queries/readiness.ts';
import { loadProposal, loadRubric } from '../../src/queries/rubric.ts';
import { loadScores, viewOfRequest } from '../../src/queries/score.ts';
import { loadStandings } from '../../src/queries/standing.ts';
import { SEAT_RUBRIC, builtinRubric } from '../../src/rubrics/builtin.ts';
import { printRubric } from '../../src/rubrics/read.ts';
import type { Who } from '../support/app.ts';
import type { Busy } from '../support/two-orgs.ts';

const RUBRIC = builtinRubric(SEAT_RUBRIC)!;
const FIRST = `${SEAT_RUBRIC}@1`;
const ALL_RED = { data: 'red', governance: 'red', integration: 'red', change: 'red' };
const GREEN = Object.fromEntries(askedPaths(RUBRIC, 'medium').map((path) => [path, { mark: 'green' }]));
const PROPOSED = { key: SEAT_RUBRIC, version: 2 };

/** Part of CALLS in tenancy.test.ts: scores, and the rubric by which they are given. */
export const READINESS_CALLS: Readonly<Record<string, (b: Busy) => readonly [Who | 'coxswain', object]>> = {
  'score.give': () => ['dana', { seat: 'claims', marks: ALL_RED }],
  'score.keep-draft': () => ['dana', { seat: 'claims', rubric: FIRST, answers: GREEN }],
  'score.drop-draft': () => ['dana', { seat: 'claims' }],
  'score.give-full': () => ['dana', { seat: 'claims', rubric: FIRST, answers: GREEN }],
  'score.request': (b) => ['bo', { seat: 'claims', reviewers: [b.app.people.dana], due: '90d' }],
  'score.cancel-request': (b) => ['bo', { seat: 'claims', reviewer: b.app.people.ana }],
  'score.overdue': (b) => ['coxswain', { request: b.request }],
  'score.settle-overdue': (b) => ['coxswain', { issue: b.issue }],
  'rubric.approve': () => ['eli', PROPOSED],
  'rubric.propose': () => ['ana', { yaml: printRubric(RUBRIC), reason: 'It was better.' }],
  'rubric.withdraw': () => ['ana', { ...PROPOSED, version: 3, reason: 'It was not.' }],
};

type Query = (b: Busy, db: Db, org: string) => unknown;

const seatOf = async (b: Busy, db: Db, org: string) => (await seatById(db, org, b.seat))!;

/** Part of READS in tenancy-queries.ts. */
export const READINESS_READS: Readonly<Record<string, Query>> = {
  scoreHistory: (b, db, org) => scores.scoreHistory(db, org, b.seat, 100),
  lastFullScore: async (b, db, org) => [
    await scores.lastFullScore(db, org, b.seat, b.app.people.dana),
    'or none',
  ],
  recentScores: (b, db, org) => scores.recentScores(db, org, [b.seat], 10),
  openScoreRequests: (b, db, org) => scores.openScoreRequests(db, org, [b.seat]),
  scoreRequestById: (b, db, org) => scores.scoreRequestById(db, org, b.request),
  scoreRequestsOf: (b, db, org) => scores.scoreRequestsOf(db, org, b.app.people.dana),
  draftOf: (b, db, org) => drafts.draftOf(db, org, b.app.people.dana, draftAbout(b.seat)),
  presentRubric: (_, db, org) => rubrics.presentRubric(db, org, SEAT_RUBRIC),
  rubricVersions: (_, db, org) => rubrics.rubricVersions(db, org, SEAT_RUBRIC),
  adoptedRubrics: (_, db, org) => rubrics.adoptedRubrics(db, org),
  approvalsOf: (_, db, org) => rubrics.approvalsOf(db, org, SEAT_RUBRIC, 2),
  acceptedInRole: (_, db, org) => acceptedInRole(db, org, 'business', ['pilot']),
  peopleNamed: (b, db, org) => peopleNamed(db, org, [b.app.people.bo]),
  loadScores: async (b, db, org) => loadScores(db, org, await seatOf(b, db, org)),
  loadFullScore: async (b, db, org) =>
    loadFullScore(db, org, await seatOf(b, db, org), b.app.people.dana, draftAbout(b.seat)),
  loadStandings: (b, db, org) => loadStandings(db, org, [b.seat]),
  loadReadiness: (b, db, org) => loadReadiness(db, org, [{ id: b.seat }]),
  loadRubric: (_, db, org) => loadRubric(db, org),
  loadProposal: async (_, db, org) =>
    loadProposal(db, org, (await rubrics.rubricVersions(db, org, SEAT_RUBRIC))[0]!),
  viewOfRequest: async (b, db, org) =>
    viewOfRequest(
      db,
      org,
      (await scores.scoreRequestById(db, org, b.request))!,
      await seatOf(b, db, org),
      b.app.clock.now(),
    ),
};

/** Part of WRITES in tenancy-queries.ts. */
export const READINESS_WRITES: Readonly<Record<string, (b: Busy, tx: Db, org: string) => Promise<unknown>>> =
  {
    keepDraft: (b, tx, org) =>
      drafts.keepDraft(tx, {
        org,
        person: b.app.people.dana,
        about: draftAbout(b.seat),
        version: FIRST,
        values: { 'data.source-of-truth': { mark: 'red' } },
        at: 1,
      }),
    dropDraft: (b, tx, org) => drafts.dropDraft(tx, org, b.app.people.dana, draftAbout(b.seat)),
  };
