import { eq } from 'drizzle-orm';
import * as audit from '../../db/audit.ts';
import { crewOf } from '../../db/crew.ts';
import * as digests from '../../db/digests.ts';
import * as executive from '../../db/executive.ts';
import { awaitedFor } from '../../db/nudges.ts';
import * as priorities from '../../db/priorities.ts';
import * as stages from '../../db/stages.ts';
import { brokenChain, lastDrill } from '../../db/escalation-audit.ts';
import * as drift from '../../db/drift.ts';
import * as escalations from '../../db/escalations.ts';
import * as heldIssues from '../../db/held-issues.ts';
import { loadHistories } from '../../db/histories.ts';
import * as issues from '../../db/issues.ts';
import * as messages from '../../db/messages.ts';
import * as metrics from '../../db/metrics.ts';
import * as nights from '../../db/nights.ts';
import * as orgs from '../../db/orgs.ts';
import * as owners from '../../db/owners.ts';
import * as people from '../../db/people.ts';
import * as rules from '../../db/rules.ts';
import * as seats from '../../db/seats.ts';
import * as slots from '../../db/slots.ts';
import * as targets from '../../db/targets.ts';
import type { Db } from '../../db/store.ts';
import * as work from '../../db/work.ts';
import { DAY } from '../../src/clock.ts';
import { nextNight } from '../../src/actions/org/index.ts';
import { verifyAudit } from '../../src/queries/audit.ts';
import { loadDigest, loadDigestList } from '../../src/queries/digest.ts';
import { loadExecutive } from '../../src/queries/executive.ts';
import { loadNudge } from '../../src/queries/nudge.ts';
import { loadPriorities, loadSeatPriorities } from '../../src/queries/priority.ts';
import { loadRows } from '../../src/queries/rows.ts';
import { loadBehaviour } from '../../src/queries/drift.ts';
import { examine } from '../../src/queries/doctor.ts';
import { loadChain, loadLastDrill, loadPolicy } from '../../src/queries/escalation.ts';
import { loadIssue, loadIssueLines, loadIssueList, withNames } from '../../src/queries/issue.ts';
import { loadMetric, loadMetricLines } from '../../src/queries/metric.ts';
import { missingNumbers } from '../../src/queries/missing.ts';
import { loadMyDay } from '../../src/queries/my-day.ts';
import { loadOffers } from '../../src/queries/offers.ts';
import { loadAsked, loadInVain } from '../../src/queries/pings.ts';
import { listSeatOptions, seatsAround, seatsOfChannel, seatsOfOrg } from '../../src/queries/scope.ts';
import { issueOfThread } from '../../src/queries/issue-thread.ts';
import { metricOptions } from '../../src/queries/metric-options.ts';
import { loadRules, rulesFor } from '../../src/queries/rules.ts';
import { loadWouldAsk } from '../../src/queries/would-ask.ts';
import { loadScorecards } from '../../src/queries/scorecard.ts';
import { loadOwnerHistory, loadSeat, loadSeatLines } from '../../src/queries/seat.ts';
import { MONDAY } from '../support/app.ts';
import { type Busy, WEEK } from '../support/two-orgs.ts';
import { SEAT_READS, SEAT_WRITES } from './tenancy-seats.ts';
import { READINESS_READS, READINESS_WRITES } from './tenancy-readiness.ts';
import { ADMIN_READS, ADMIN_WRITES } from './tenancy-admin.ts';
import { INSTALLATION_READS, INSTALLATION_WRITES } from './tenancy-installations.ts';
import { VISIBILITY_READS, VISIBILITY_WRITES } from './tenancy-visibility.ts';
import { PEOPLE_READS, PEOPLE_WRITES } from './tenancy-people.ts';
import { MACHINE_READS, MACHINE_WRITES } from './tenancy-machines.ts';

/** Functions beside them that ask the database nothing. */
export const NO_QUERY: readonly string[] = [
  'row',
  'among',
  'at',
  'forEverySight',
  'seesAll',
  'sightValues',
  'sighted',
  'givenOf',
  'list',
  'openForKey',
  'openForOf',
  'prepared',
  'presentKey',
  'presentPolicy',
  'clockCheck',
  'databaseCheck',
  'jobsCheck',
  'schedulerCheck',
];

type Query = (b: Busy, db: Db, org: string) => unknown;

const VITALS = { platforms: ['slack'], publicUrl: undefined, lastTick: undefined, longestSilence: 0 };

const LATE = 9_999_999_999_999;

/** Every function that reads within an organisation, asked for something that is there. */
export const READS: Readonly<Record<string, Query>> = {
  ...READINESS_READS,
  ...INSTALLATION_READS,
  ...SEAT_READS,
  ...VISIBILITY_READS,
  ...PEOPLE_READS,
  readHead: (b, db, org) => audit.readHead(db, b.app.keys, org),
  readEntries: (_, db, org) => audit.readEntries(db, org, 0, 1000),
  ...ADMIN_READS,
  entriesAbout: (b, db, org) => audit.entriesAbout(db, org, `issue:${b.issue}`, 100),
  digestOfChannel: (b, db, org) => digests.digestOfChannel(db, org, b.channel),
  nextDigests: async (b, db, org) => [...(await digests.nextDigests(db, org, [b.channel]))],
  listDigests: (_, db, org) => digests.listDigests(db, org),
  slotsSince: (_, db, org) => digests.slotsSince(db, org, 'digest', 0),
  executiveById: (b, db, org) => executive.executiveById(db, org, b.executive.id),
  executiveTo: (b, db, org) => executive.executiveTo(db, org, { toKind: 'person', toId: b.app.people.ana }),
  seatsEver: (_, db, org) => executive.seatsEver(db, org),
  issueCounts: (_, db, org) => executive.issueCounts(db, org, LATE),
  overduePriorities: (_, db, org) => executive.overduePriorities(db, org, '2099-Q1'),
  numbersNow: (b, db, org) => {
    const week = { key: WEEK, start: 0, end: 0 };
    const periods = new Map([
      ['daily', week] as const,
      ['weekly', week] as const,
      ['monthly', week] as const,
    ]);
    return executive.numbersNow(db, org, [b.seat], periods);
  },
  stageChanges: (_, db, org) => stages.stageChanges(db, org),
  stageHistory: (b, db, org) => stages.stageHistory(db, org, b.seat, 100),
  priorityByRef: (_, db, org) => priorities.priorityByRef(db, org, 'CLAIMS-P1'),
  openPriorities: (b, db, org) => priorities.openPriorities(db, org, [b.seat]),
  prioritiesOfQuarter: (b, db, org) => priorities.prioritiesOfQuarter(db, org, b.seat, '2026-Q4'),
  latestTracks: async (b, db, org) =>
    priorities.latestTracks(
      db,
      org,
      (await priorities.openPriorities(db, org, [b.seat])).map((p) => p.id),
    ),
  freePlaces: (b, db, org) => priorities.freePlaces(db, org, b.seat, '2026-Q4'),
  issueOfPriority: async (_, db, org) => {
    const { id } = (await priorities.priorityByRef(db, org, 'CLAIMS-P1'))!;
    return [await priorities.issueOfPriority(db, org, id), 'or none'];
  },
  awaitedFor: async (b, db, org) =>
    awaitedFor(
      db,
      org,
      'Europe/Berlin',
      await seats.listSeats(db, org, { channel: b.channel }),
      MONDAY + 28 * DAY,
    ),
  digestById: (b, db, org) => digests.digestById(db, org, b.digest.id),
  lastSlot: async (b, db, org) => [await slots.lastSlot(db, org, 'digest', b.channel), 'or none'],
  driftReadings: (b, db, org) => drift.driftReadings(db, org, [b.metric], 0),
  firstReadings: (b, db, org) => drift.firstReadings(db, org, b.metric, { from: 0, before: LATE, limit: 9 }),
  baselinesOf: (b, db, org) => drift.baselinesOf(db, org, [b.metric]),
  driftSignals: async (b, db, org) => [await drift.driftSignals(db, org, [b.metric], 0), 'or none'],
  watchedMetrics: (_, db, org) => drift.watchedMetrics(db, org),
  loadHistories: async (b, db, org) => {
    const metric = (await metrics.metricById(db, org, b.metric))!;
    return loadHistories(db, org, [metric], b.app.clock.now(), 'Europe/Berlin');
  },
  issueById: (b, db, org) => issues.issueById(db, org, b.issue),
  issueByRef: (_, db, org) => issues.issueByRef(db, org, 'CLAIMS-1'),
  holdIssue: (b, db, org) => heldIssues.holdIssue(db, org, b.issue),
  holdIssuesOf: async (b, db, org) => [await heldIssues.holdIssuesOf(db, org, [b.issue]), 'nothing to read'],
  holdOpenIssueFor: async (b, db, org) => [
    await heldIssues.holdOpenIssueFor(db, org, b.seat, b.metric),
    'or none',
  ],
  openIssueFor: async (b, db, org) => [await issues.openIssueFor(db, org, b.seat, b.metric), 'or none'],
  quietIssueFor: async (b, db, org) => [await issues.quietIssueFor(db, org, b.seat, b.metric, 0), 'or none'],
  issuesByIds: (b, db, org) => issues.issuesByIds(db, org, [b.issue]),
  issueOfThread: (b, db, org) => issueOfThread(db, org, b.channel, ['shown-1']),
  metricOptions: (b, db, org) => metricOptions(db, org, b.channel, undefined),
  listIssues: (b, db, org) =>
    issues.listIssues(db, org, { only: 'mine', person: b.app.people.bo, seat: b.seat, now: LATE, limit: 9 }),
  commentsOf: (b, db, org) => issues.commentsOf(db, org, b.issue, 100),
  countComments: (b, db, org) => issues.countComments(db, org, b.issue),
  loadIssueList: (b, db, org) =>
    loadIssueList(db, org, { only: 'overdue', seat: b.seat, now: LATE, limit: 9 }),
  rulesThatHold: (_, db, org) => rules.rulesThatHold(db, org),
  ruleByRef: (_, db, org) => rules.ruleByRef(db, org, 'R1'),
  countRules: (_, db, org) => rules.countRules(db, org),
  loadRules: (_, db, org) => loadRules(db, org),
  rulesFor: async (b, db, org) => rulesFor(db, org, (await seats.seatById(db, org, b.seat))!),
  openIssues: (_, db, org) => issues.openIssues(db, org, { limit: 100 }),
  signalsOf: (b, db, org) => issues.signalsOf(db, org, b.issue, 100),
  signalKinds: (b, db, org) => issues.signalKinds(db, org, b.issue),
  signalPeriods: (b, db, org) => issues.signalPeriods(db, org, b.issue),
  signalAt: async (b, db, org) => [
    await issues.signalAt(db, org, b.issue, 'last', ['person', 'red', 'missing', 'alert']),
    'or none',
  ],
  openIssuesOfSeat: (b, db, org) => issues.openIssuesOfSeat(db, org, b.seat),
  countOpenIssues: async (b, db, org) => [...(await issues.countOpenIssues(db, org, [b.seat]))],
  policyFor: (b, db, org) => escalations.policyFor(db, org, b.seat, 1),
  escalationOf: (b, db, org) => escalations.escalationOf(db, org, b.issue),
  pingsOf: (b, db, org) => escalations.pingsOf(db, org, b.issue),
  openIssuesFor: async (b, db, org) => [
    await issues.openIssuesFor(db, org, [issues.openForKey(b.seat, b.metric)]),
    'or none',
  ],
  channelGroup: async (_, db, org) => {
    const told = { target: 'governance channel', outcome: 'pinged' } as const;
    return [await escalations.channelGroup(db, org, told, 0, LATE), 'or none'];
  },
  lastDrill: async (b, db, org) => [await lastDrill(db, org, b.seat), 'or none'],
  loadLastDrill: async (b, db, org) => [await loadLastDrill(db, org, b.seat), 'or none'],
  loadPolicy: async (b, db, org) => loadPolicy(db, org, await seats.seatById(db, org, b.seat), 1),
  loadChain: async (b, db, org) =>
    loadChain(db, org, (await seats.seatById(db, org, b.seat))!, 1, b.app.clock.now()),
  pingsOfIssues: (b, db, org) => escalations.pingsOfIssues(db, org, [b.issue]),
  crewOf: (b, db, org) => crewOf(db, org, [b.app.people.bo]),
  brokenChain: async (b, db, org) => [await brokenChain(db, org, b.issue, LATE), 'or none'],
  channelsCalled: (_, db, org) => orgs.channelsCalled(db, org, 'claims'),
  channelsByIds: (b, db, org) => orgs.channelsByIds(db, org, [b.channel]),
  pingsOfGroup: (b, db, org) => escalations.pingsOfGroup(db, org, b.app.people.bo, 0, LATE),
  pingsInVain: async (b, db, org) => [await escalations.pingsInVain(db, org, b.seat, 0, LATE), 'or none'],
  loadAsked: async (b, db, org) => [await loadAsked(db, org, b.app.people.bo, MONDAY), 'or none'],
  loadInVain: async (b, db, org) => [await loadInVain(db, org, b.seat, MONDAY), 'or none'],
  issuesWaitingFor: (b, db, org) => escalations.issuesWaitingFor(db, org, b.app.people.bo, 100),
  messageById: (b, db, org) => messages.messageById(db, org, b.message),
  messageByKey: (b, db, org) => messages.messageByKey(db, org, b.messageKey),
  messagesByRef: (b, db, org) => messages.messagesByRef(db, org, b.channel, 'shown-1'),
  lastPost: (b, db, org) => messages.lastPost(db, org, b.message),
  troubledMessages: (_, db, org) => messages.troubledMessages(db, org, 100),
  metricByKey: (b, db, org) => metrics.metricByKey(db, org, b.seat, 'acceptance'),
  metricsByIds: (b, db, org) => metrics.metricsByIds(db, org, [b.metric]),
  metricById: (b, db, org) => metrics.metricById(db, org, b.metric),
  metricsOfSeats: (b, db, org) => metrics.metricsOfSeats(db, org, [b.seat]),
  allMetricsOfSeats: (b, db, org) => metrics.allMetricsOfSeats(db, org, [b.seat]),
  metricsOwnedBy: (b, db, org) => metrics.metricsOwnedBy(db, org, b.app.people.bo),
  readingsSince: (b, db, org) => metrics.readingsSince(db, org, [b.metric], 0),
  metricsByKeys: (b, db, org) => metrics.metricsByKeys(db, org, [{ seat: b.seat, key: 'acceptance' }]),
  presentReadings: (b, db, org) => metrics.presentReadings(db, org, [metrics.presentKey(b.metric, WEEK)]),
  presentReading: (b, db, org) => metrics.presentReading(db, org, b.metric, WEEK),
  periodsWithReading: (b, db, org) => metrics.periodsWithReading(db, org, b.metric, [WEEK]),
  targetChangesOf: (b, db, org) => targets.targetChangesOf(db, org, [b.metric]),
  targetChangesAfter: (_, db, org) => targets.targetChangesAfter(db, org, 0),
  readingHistory: (b, db, org) => targets.readingHistory(db, org, b.metric, 100),
  lastMachines: async (b, db, org) => [await targets.lastMachines(db, org, [b.metric]), 'or none'],
  orgById: (_, db, org) => orgs.orgById(db, org),
  channelById: (b, db, org) => orgs.channelById(db, org, b.channel),
  channelByRef: (b, db, org) => orgs.channelByRef(db, org, 'slack', b.tenant, 'claims'),
  directChannel: (b, db, org) => orgs.directChannel(db, org, 'slack', b.tenant, b.app.people.bo),
  channelsOfTenant: (b, db, org) => orgs.channelsOfTenant(db, org, 'slack', b.tenant),
  ownersNamedBetween: (b, db, org) => owners.ownersNamedBetween(db, org, b.app.people.cem, 0, LATE),
  ownersOfSeat: (b, db, org) => owners.ownersOfSeat(db, org, b.seat),
  ownersOfSeats: (b, db, org) => owners.ownersOfSeats(db, org, [b.seat]),
  ownerHistory: (b, db, org) => owners.ownerHistory(db, org, b.seat, 100),
  ownerById: (b, db, org) => owners.ownerById(db, org, b.offer),
  openOffers: (b, db, org) => owners.openOffers(db, org, b.app.people.cem),
  seatsOwnedBy: (b, db, org) => owners.seatsOwnedBy(db, org, b.app.people.bo),
  personById: (b, db, org) => people.personById(db, org, b.app.people.bo),
  // In no order of their own.
  peopleByIds: async (b, db, org) =>
    [...(await people.peopleByIds(db, org, [b.app.people.bo, b.app.people.cem]))].toSorted(([x], [y]) =>
      x < y ? -1 : 1,
    ),
  peopleWithRole: (_, db, org) => people.peopleWithRole(db, org, 'member'),
  peopleCalled: (_, db, org) => people.peopleCalled(db, org, 'BO@example.com'),
  identitiesOf: (b, db, org) => people.identitiesOf(db, org, 'slack', b.tenant, [b.app.people.bo]),
  seatByKey: (_, db, org) => seats.seatByKey(db, org, 'claims'),
  seatById: (b, db, org) => seats.seatById(db, org, b.seat),
  seatsByIds: (b, db, org) => seats.seatsByIds(db, org, [b.seat]),
  seatsByKeys: (_, db, org) => seats.seatsByKeys(db, org, ['claims']),
  seatKeys: (_, db, org) => seats.seatKeys(db, org),
  listSeats: (b, db, org) => seats.listSeats(db, org, { channel: b.channel }),
  countFailedFollowUps: async (_, db, org) => [await work.countFailedFollowUps(db, org), 'or none'],
  resultFor: (_, db, org) => work.resultFor(db, org, 'kept'),

  examine: (b, _, org) => examine(b.app.app, org, VITALS),
  listSeatOptions: (_, db, org) => listSeatOptions(db, org),
  loadWouldAsk: (b, db, org) => loadWouldAsk(db, org, 2, { seat: b.seat, number: b.app.people.bo }),
  loadBehaviour: async (b, db, org) => {
    const [seat, metric] = [
      await seats.seatById(db, org, b.seat),
      await metrics.metricById(db, org, b.metric),
    ];
    return loadBehaviour(db, org, seat!, metric!, b.app.clock.now());
  },
  loadDigestList: (b, db, org) => loadDigestList(db, org, b.app.clock.now(), true),
  loadExecutive: (b, db, org) => loadExecutive(db, org, b.app.clock.now()),
  loadNudge: (b, db, org) =>
    loadNudge(db, org, b.app.people.bo, [b.channel], MONDAY + 28 * DAY, MONDAY + 28 * DAY),
  loadPriorities: async (b, db, org) =>
    loadPriorities(db, org, 'Europe/Berlin', [(await seats.seatById(db, org, b.seat))!], MONDAY),
  loadSeatPriorities: async (b, db, org) =>
    loadSeatPriorities(db, org, (await seats.seatById(db, org, b.seat))!, MONDAY),
  loadRows: (b, db, org) => loadRows(db, org, [b.metric], b.app.clock.now()),
  seatsOfChannel: (b, db, org) => seatsOfChannel(db, org, b.channel),
  seatsOfOrg: (_, db, org) => seatsOfOrg(db, org),
  loadDigest: (b, db, org) => loadDigest(db, org, b.channel, b.app.clock.now()),
  loadIssue: (b, db, org) => loadIssue(db, org, b.issue),
  loadIssueLines: (_, db, org) => loadIssueLines(db, org, { limit: 100, now: LATE }),
  loadMyDay: (b, db, org) => loadMyDay(db, org, b.app.people.bo, b.app.clock.now()),
  loadOffers: (b, db, org) => loadOffers(db, org, b.app.people.cem, '2026-11-16'),
  loadScorecards: async (b, db, org) => {
    const seat = await seats.seatById(db, org, b.seat);
    return loadScorecards(db, org, 'Europe/Berlin', [seat!], b.app.clock.now());
  },
  loadOwnerHistory: async (b, db, org) => loadOwnerHistory(db, org, (await seats.seatById(db, org, b.seat))!),
  loadSeat: async (b, db, org) =>
    loadSeat(db, org, (await seats.seatById(db, org, b.seat))!, b.app.clock.now()),
  loadSeatLines: (_, db, org) => loadSeatLines(db, org),
  loadMetric: async (b, db, org) => {
    const [seat, metric] = [
      await seats.seatById(db, org, b.seat),
      await metrics.metricById(db, org, b.metric),
    ];
    return loadMetric(db, org, 'Europe/Berlin', seat!, metric!);
  },
  loadMetricLines: async (b, db, org) => loadMetricLines(db, org, [(await seats.seatById(db, org, b.seat))!]),
  missingNumbers: (b, db, org) =>
    missingNumbers(db, org, 'Europe/Berlin', b.app.people.bo, b.app.clock.now() + 14 * DAY),
  seatsAround: (b, db, org) => seatsAround(db, org, b.channel),
  verifyAudit: (b, _, org) => verifyAudit(b.app.app.store, b.app.keys, org),
  withNames: async (_, db, org) => withNames(db, org, await issues.openIssues(db, org, { limit: 100 }), LATE),
  ...MACHINE_READS,
};

type Write = (b: Busy, tx: Db, org: string) => Promise<unknown>;

const ENTRY = { at: 1, action: 'test', actor: {}, right: 'test', subject: 'test', facts: {} };

/** Every function that writes within an organisation, in an order in which each of them changes something. */
export const WRITES: Readonly<Record<string, Write>> = {
  ...VISIBILITY_WRITES,
  ...READINESS_WRITES,
  ...SEAT_WRITES,
  lockOrg: (_, tx, org) => orgs.lockOrg(tx, org),
  appendAudit: (b, tx, org) => audit.appendAudit(tx, b.app.keys, { org, ...ENTRY }),
  closeHead: (_, tx, org) => audit.closeHead(tx, org, LATE),
  createAuditHead: async (b, tx, org) => {
    await tx.delete(tx.t.auditHeads).where(eq(tx.t.auditHeads.org, org)).returning();
    await audit.createAuditHead(tx, b.app.keys, org);
  },
  wantMessages: (b, tx, org) =>
    messages.wantMessages(
      tx,
      org,
      1,
      1,
      [{ key: b.messageKey, to: { kind: 'channel', id: b.channel }, view: 'issue', args: {}, subject: 'x' }],
      undefined,
    ),
  raiseSubjects: (b, tx, org) => messages.raiseSubjects(tx, org, 1, [`issue:${b.issue}`]),
  claimMessage: (b, tx, org) => messages.claimMessage(tx, org, b.message, LATE, 1000),
  startDelivery: (b, tx, org) =>
    messages.startDelivery(tx, {
      org,
      id: 'second',
      message: b.message,
      revision: 1,
      kind: 'update',
      startedAt: 1,
    }),
  endDelivery: (_, tx, org) => messages.endDelivery(tx, org, 'delivery', { endedAt: 1, outcome: 'shown' }),
  placeMessage: (b, tx, org) => messages.placeMessage(tx, org, b.message, 'slack', b.tenant),
  markShown: (b, tx, org) => messages.markShown(tx, org, b.message, 1, null, 1),
  retryMessage: (b, tx, org) => messages.retryMessage(tx, org, b.message, { tryAt: 5, spentTry: true }),
  setAside: (b, tx, org) => messages.setAside(tx, org, b.message, 'parked', 'gone'),
  moveNight: (_, tx, org) => nights.moveNight(tx, org, nextNight('Europe/Berlin', MONDAY), LATE),
  nextPriorityNumber: (b, tx, org) => priorities.nextPriorityNumber(tx, org, b.seat),
  nextIssueNumber: (b, tx, org) => seats.nextIssueNumber(tx, org, b.seat),
  queueFollowUps: (_, tx, org) =>
    work.queueFollowUps(tx, org, 1, 1, [{ action: 'a', input: {}, key: 'new' }]),
  claimFollowUp: (b, tx, org) => work.claimFollowUp(tx, org, b.followUp, LATE, LATE, 1000),
  endFollowUp: (b, tx, org) => work.endFollowUp(tx, org, b.followUp, { state: 'done' }),
  forgetResults: (_, tx, org) => work.forgetResults(tx, org, 9_999_999_999_999),
  reviveMessages: (b, tx, org) => messages.reviveMessages(tx, org, b.channel, 0),
  keepResult: (_, tx, org) =>
    work.keepResult(tx, { org, key: 'new', action: 'a', inputHash: '', result: 1, at: 1 }),
  recordSlot: (_, tx, org) =>
    work.recordSlot(tx, { org, job: 'digest', target: 'x', nominal: 1, ranAt: 1, outcome: 'on time' }),
  ...INSTALLATION_WRITES,
  ...PEOPLE_WRITES,
  ...MACHINE_WRITES,
  ...ADMIN_WRITES,
};
