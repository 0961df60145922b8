import { eq } from 'drizzle-orm';
import * as exports from '../../db/audit-exports.ts';
import * as doctor from '../../db/doctor.ts';
import * as checks from '../../src/queries/doctor-checks.ts';
import { platformChecks } from '../../src/queries/doctor-platforms.ts';
import { forgetBatch } from '../../db/retention.ts';
import { loadSettings } from '../../src/queries/org-settings.ts';
import { loadTroubled } from '../../src/queries/messages.ts';
import * as erase from '../../db/erase.ts';
import * as eraseAudit from '../../db/erase-audit.ts';
import * as quoted from '../../db/erase-quoted.ts';
import { rowsAbout } from '../../db/person-columns.ts';
import { loadPersonData } from '../../src/queries/person-data.ts';
import * as aside from '../../db/messages-aside.ts';
import * as messages from '../../db/messages.ts';
import * as orgs from '../../db/orgs.ts';
import * as people from '../../db/people.ts';
import type { Db } from '../../db/store.ts';
import type { Busy } from '../support/two-orgs.ts';

const LATE = 9_999_999_999_999;
const VITALS = { platforms: ['slack'] };

/** Administration: the doctor, exported heads, and what is stored of a person. */
export const ADMIN_READS: Readonly<Record<string, (b: Busy, db: Db, org: string) => unknown>> = {
  loadSettings: (_, db, org) => loadSettings(db, org),
  waitingIn: (_, db, org) => doctor.waitingIn(db, org, LATE),
  ownersOutOfReach: async (b, db, org) => [
    await db.select().from(db.t.people).where(eq(db.t.people.org, org)).limit(1),
    await doctor.ownersOutOfReach(db, org, 10),
  ],
  seatsWithoutOwners: (_, db, org) => doctor.seatsWithoutOwners(db, org, 10),
  channelsInUse: (_, db, org) => doctor.channelsInUse(db, org, 10),
  backupCheck: async (b, db, org) =>
    checks.backupCheck((await orgs.orgById(db, org))!, b.app.app.store.engine, b.app.clock.now()),
  queueCheck: (b, _, org) => checks.queueCheck(b.app.app, org),
  reachedElsewhere: async (b, db, org) => [
    await doctor.reachedElsewhere(db, org, undefined, 10),
    await doctor.reachedElsewhere(db, org, ['teams'], 10),
  ],
  primaryCheck: (b, _, org) => checks.primaryCheck(b.app.app, org, { platforms: [] }),
  ownersCheck: (b, _, org) => checks.ownersCheck(b.app.app, org),
  headsCheck: async (b, db, org) => checks.headsCheck(b.app.app, (await orgs.orgById(db, org))!),
  platformChecks: (b, _, org) => platformChecks(b.app.app, org, VITALS),
  loadTroubled: (_, db, org) => loadTroubled(db, org),
  everyIdOf: (b, db, org) => erase.everyIdOf(db, org, b.app.people.bo),
  namesOf: (b, db, org) => quoted.namesOf(db, org, [b.app.people.bo]),
  quotableNotes: (b, db, org) => quoted.quotableNotes(db, { org, ids: [b.app.people.bo], now: 1 }),
  textsBy: (b, db, org) => eraseAudit.textsBy(db, org, [b.app.people.bo]),
  rowsAbout: (b, db, org) => rowsAbout(db, org, [b.app.people.bo]),
  loadPersonData: (b, db, org) => loadPersonData(db, org, b.app.people.bo, 1),
  peopleEverCalled: (_, db, org) => people.peopleEverCalled(db, org, 'Bo Lindqvist'),
  exportOf: async (_, db, org) => exports.exportOf(db, org, (await exports.lastExport(db, org))!.seq),
  exportsOf: (_, db, org) => exports.exportsOf(db, org),
  lastExport: (_, db, org) => exports.lastExport(db, org),
  hashesOf: async (_, db, org) => [...(await exports.hashesOf(db, org, [1, 2, 3]))],
};

export const ADMIN_WRITES: Readonly<Record<string, (b: Busy, tx: Db, org: string) => Promise<unknown>>> = {
  forgetBatch: (_, tx, org) => forgetBatch(tx, org, 'slots', LATE),
  sendOnceMore: async (b, tx, org) => {
    await messages.setAside(tx, org, b.parked, 'held', 'gone');
    return aside.sendOnceMore(tx, (await messages.messageById(tx, org, b.parked))!);
  },
  letGo: async (b, tx, org) => {
    const parked = (await messages.messageById(tx, org, b.message))!;
    await messages.setAside(tx, org, b.message, 'parked', 'gone');
    return aside.letGo(tx, parked);
  },
  keepExport: (_, tx, org) =>
    exports.keepExport(tx, { org, seq: 99_999, hash: 'h', at: 1, keyId: 'k', signature: 's' }),
  markFiled: async (_, tx, org) => exports.markFiled(tx, org, (await exports.lastExport(tx, org))!.seq, 7),
  eraseIdentity: (b, tx, org) => erase.eraseIdentity(tx, { org, ids: [b.app.people.eli], now: 1 }),
  eraseRemarks: (b, tx, org) => erase.eraseRemarks(tx, { org, ids: [b.app.people.eli], now: 1 }),
  eraseQuoted: (_, tx, org) => quoted.eraseQuoted(tx, org, ['Hail'], []),
  eraseAuditTexts: (b, tx, org) => eraseAudit.eraseAuditTexts(tx, { org, ids: [b.app.people.bo], now: 1 }),
};
