import * as installations from '../../db/installations.ts';
import { installationsOf } from '../../db/orgs.ts';
import * as sealed from '../../db/sealed.ts';
import type { Db } from '../../db/store.ts';
import { installationCheck, keysCheck } from '../../src/queries/doctor-keys.ts';
import { recordedSigners, sealedBy } from '../../src/queries/keys.ts';
import type { Busy } from '../support/two-orgs.ts';

type Call = (b: Busy, db: Db, org: string) => unknown;

const of = (b: Busy) => ({ platform: 'slack' as const, tenant: b.tenant, version: 0 });

/** What is read of installations and of what is kept sealed. */
export const INSTALLATION_READS: Readonly<Record<string, Call>> = {
  installationsOf: (_, db, org) => installationsOf(db, org),
  sealedValues: (_, db, org) => sealed.sealedValues(db, org),
  sealedBy: (b, db, org) => sealedBy(db, b.app.keys, org),
  recordedSigners: (_, db, org) => recordedSigners(db, org),
  keysCheck: (b, _, org) => keysCheck(b.app.app, org),
  installationCheck: (b, _, org) => installationCheck(b.app.app, org),
};

export const INSTALLATION_WRITES: Readonly<Record<string, Call>> = {
  reseal: async (_, tx, org) => {
    const [value] = await sealed.sealedValues(tx, org);
    return value === undefined ? false : sealed.reseal(tx, org, value, 'x');
  },
  claimRenewal: (b, tx, org) => installations.claimRenewal(tx, org, of(b), 1, 1000),
  releaseRenewal: (b, tx, org) => installations.releaseRenewal(tx, org, of(b)),
  replaceCredentials: (b, tx, org) =>
    installations.replaceCredentials(tx, org, of(b), { credentials: 'x', tokenExpiresAt: 1 }),
  noteTrouble: (b, tx, org) => installations.noteTrouble(tx, org, of(b), 'it will end'),
  endInstallation: (b, tx, org) => installations.endInstallation(tx, org, of(b), 'it ended'),
  resumeInstallation: (b, tx, org) => installations.resumeInstallation(tx, org, of(b)),
  reviveTenant: (b, tx, org) => installations.reviveTenant(tx, org, of(b), 0),
};
