import * as alerts from '../../db/alerts.ts';
import * as issues from '../../db/issues.ts';
import * as metrics from '../../db/metrics.ts';
import * as people from '../../db/people.ts';
import * as readings from '../../db/readings.ts';
import * as seats from '../../db/seats.ts';
import type { Db } from '../../db/store.ts';
import * as tokens from '../../db/tokens.ts';
import { loadNumbers, loadSeatForMachines } from '../../src/queries/machine.ts';
import { loadTokens, reporterNames, seatOptionsForTokens } from '../../src/queries/token.ts';
import { type Busy, WEEK } from '../support/two-orgs.ts';
import { IMPORT_READS, IMPORT_WRITES } from './tenancy-imports.ts';

/** Part of READS in tenancy-queries.ts: tokens, alerts, and what machines read. */
export const MACHINE_READS: Readonly<Record<string, (b: Busy, db: Db, org: string) => unknown>> = {
  ...IMPORT_READS,
  tokenById: (b, db, org) => tokens.tokenById(db, org, b.token),
  tokensByIds: (b, db, org) => tokens.tokensByIds(db, org, [b.token]),
  tokenByName: (_, db, org) => tokens.tokenByName(db, org, 'ci'),
  listTokens: (_, db, org) => tokens.listTokens(db, org),
  loadTokens: async (b, db, org) =>
    loadTokens(db, org, (await people.personById(db, org, b.app.people.ana))!),
  reporterNames: (b, db, org) => reporterNames(db, org, [b.app.people.bo, `token:${b.token}`]),
  seatOptionsForTokens: async (b, db, org) =>
    seatOptionsForTokens(db, org, (await people.personById(db, org, b.app.people.bo))!),
  countFiring: async (b, db, org) => {
    const all = await issues.openIssues(db, org, { limit: 100 });
    return Promise.all(all.map((issue) => alerts.countFiring(db, org, issue.id)));
  },
  latestReadings: (b, db, org) => readings.latestReadings(db, org, [b.metric]),
  loadNumbers: async (b, db, org) =>
    loadNumbers(db, org, (await seats.seatById(db, org, b.seat))!, b.app.clock.now()),
  loadSeatForMachines: async (b, db, org) =>
    loadSeatForMachines(db, org, (await seats.seatById(db, org, b.seat))!),
};

/** Part of WRITES. */
export const MACHINE_WRITES: Readonly<Record<string, (b: Busy, tx: Db, org: string) => Promise<unknown>>> = {
  ...IMPORT_WRITES,
  seeAlert: (b, tx, org) => alerts.seeAlert(tx, org, b.token, 'hail', 7),
  keepAlert: (b, tx, org) =>
    alerts.keepAlert(
      tx,
      { org, source: b.token, fingerprint: 'hail', issue: null, state: 'resolved', startedAt: 2, seenAt: 2 },
      true,
    ),
  markTokenUsed: (b, tx, org) => tokens.markTokenUsed(tx, org, b.token, 9),
  supersedeReadings: async (b, tx, org) => {
    const all = await metrics.presentReadings(tx, org, [metrics.presentKey(b.metric, WEEK)]);
    return readings.supersedeReadings(
      tx,
      org,
      [...all.values()].map(({ id }) => id),
    );
  },
  insertReadings: (b, tx, org) =>
    readings.insertReadings(tx, [
      {
        org,
        id: 'new',
        metric: b.metric,
        period: WEEK,
        periodStart: 1,
        value: 1,
        at: 1,
        reporter: `token:${b.token}`,
        note: null,
        present: null,
        supersedes: null,
      },
    ]),
};
