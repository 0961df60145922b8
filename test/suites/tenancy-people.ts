import * as accounts from '../../db/accounts.ts';
import * as escalations from '../../db/escalations.ts';
import * as joining from '../../db/joining.ts';
import * as merge from '../../db/merge.ts';
import * as people from '../../db/people.ts';
import type { Db } from '../../db/store.ts';
import { loadAbsence, loadAbsenceOf } from '../../src/queries/absence.ts';
import { describePeople, loadRoster } from '../../src/queries/accounts.ts';
import { presentKept } from '../../src/queries/kept.ts';
import { loadMySettings } from '../../src/queries/settings.ts';
import { MONDAY } from '../support/app.ts';
import { type Busy, LINK_DIGEST } from '../support/two-orgs.ts';

const LATE = MONDAY + 366 * 86_400_000;

/** What reads people, their accounts and absences. */
export const PEOPLE_READS: Readonly<Record<string, (b: Busy, db: Db, org: string) => unknown>> = {
  waysTo: (b, db, org) => people.waysTo(db, org, b.app.people.bo),
  accountsOf: (b, db, org) => people.accountsOf(db, org, [b.app.people.bo]),
  accountsToCheck: (b, db, org) =>
    accounts.accountsToCheck(db, org, { platform: 'slack', tenant: b.tenant }, LATE, 50),
  awayPeople: async (b, db, org) => [await people.awayPeople(db, org, b.app.clock.now()), 'or none'],
  loadAbsence: (b, db, org) => loadAbsence(db, org, b.app.people.bo, b.app.clock.now()),
  loadAbsenceOf: (b, db, org) =>
    loadAbsenceOf(db, org, { person: b.app.people.bo, since: MONDAY, reader: b.app.people.dana }, MONDAY),
  loadMySettings: (b, db, org) => loadMySettings(db, org, b.app.people.bo),
  chainsAsking: (b, db, org) => escalations.chainsAsking(db, org, b.app.people.bo),
  chainsHeldBy: async (b, db, org) => [await escalations.chainsHeldBy(db, org, b.app.people.bo), 'or none'],
  membersByRole: (_, db, org) => people.membersByRole(db, org),
  peopleOfAddress: (_, db, org) => people.peopleOfAddress(db, org, 'bo@example.com'),
  personByLinkCode: (b, db, org) => people.personByLinkCode(db, org, LINK_DIGEST, b.app.clock.now()),
  describePeople: (b, db, org) => describePeople(db, org, [b.app.people.bo]),
  loadRoster: (_, db, org) => loadRoster(db, org, 1),
  presentKept: async (b, db, org) => [
    await presentKept(db, org, b.app.people.bo, b.app.clock.now()),
    'or none',
  ],
  holdings: (_, db, org) => joining.holdings(db, org),
  membersOf: (_, db, org) => joining.membersOf(db, org),
  joinedInto: async (_, db, org) => [await joining.joinedInto(db, org), 'or none'],
};

/** Bo is found to be Eli. */
const two = ({ app }: Busy, org: string) => ({ org, from: app.people.bo, to: app.people.eli, now: LATE });

/** What makes one person of two. */
export const PEOPLE_WRITES: Readonly<Record<string, (b: Busy, tx: Db, org: string) => Promise<unknown>>> = {
  setGone: (b, tx, org) => accounts.setGone(tx, org, b.app.people.bo, undefined, 'guest', LATE),
  setCheckAt: (b, tx, org) =>
    accounts.setCheckAt(tx, org, { platform: 'slack', tenant: b.tenant }, null, LATE),
  noteChecked: async (b, tx, org) => {
    const [one] = await people.accountsOf(tx, org, [b.app.people.bo]);
    return accounts.noteChecked(tx, { ...one!, org }, LATE, true);
  },
  moveAccounts: (b, tx, org) => merge.moveAccounts(tx, two(b, org)),
  moveOwnerships: (b, tx, org) => merge.moveOwnerships(tx, two(b, org)),
  moveDuties: (b, tx, org) => merge.moveDuties(tx, two(b, org)),
  moveIssues: (b, tx, org) => merge.moveIssues(tx, two(b, org)),
  moveScoring: ({ app }, tx, org) =>
    merge.moveScoring(tx, { org, from: app.people.dana, to: app.people.cem, now: LATE }),
  moveApprovals: (b, tx, org) => merge.moveApprovals(tx, two(b, org)),
  moveMessages: (b, tx, org) => merge.moveMessages(tx, { ...two(b, org), now: MONDAY }, undefined),
};
