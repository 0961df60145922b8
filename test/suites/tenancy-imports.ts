import * as imports from '../../db/imports.ts';
import type { Db } from '../../db/store.ts';
import {
  importReport,
  loadImport,
  loadSketch,
  whereSeatsReport,
} from '../../src/queries/inventory-import.ts';
import type { Busy } from '../support/two-orgs.ts';
import { IMPORTS } from '../support/two-orgs-imports.ts';

const ROW = { row: 2, id: '7', values: { name: 'Yard', accountability: 'Sorts' }, extra: {}, notes: [] };
const ABOUT = {
  source: 'federal',
  fileName: 'yards.csv',
  fileHash: IMPORTS.hash,
  mappingHash: IMPORTS.hash,
  overwrite: false,
  rows: 1,
  notes: [],
};
const PART = { at: 0, byKey: false, again: false, parents: false };

/** Part of CALLS in tenancy.test.ts. */
export const IMPORT_CALLS: Readonly<Record<string, () => readonly ['ana' | 'coxswain', object]>> = {
  'inventory.sketch': () => ['ana', { fileName: 'yards.csv', titles: ['Name'] }],
  'inventory.receive': () => ['ana', { ...ABOUT, list: [ROW], byKey: false }],
  'inventory.part': () => ['coxswain', { import: IMPORTS.checking, ...PART }],
  'inventory.start': () => ['ana', { import: IMPORTS.checked, byKey: false }],
  'inventory.cancel': () => ['ana', { import: IMPORTS.checking }],
  'inventory.forget': () => ['coxswain', { import: IMPORTS.checking }],
  'inventory.begin': () => ['ana', ABOUT],
  'inventory.rows': () => [
    'ana',
    { import: IMPORTS.running, from: 0, rows: [ROW], byKey: false, last: true },
  ],
};

/** Part of READS in tenancy-queries.ts. */
export const IMPORT_READS: Readonly<Record<string, (b: Busy, db: Db, org: string) => unknown>> = {
  importById: (_, db, org) => imports.importById(db, org, IMPORTS.checked),
  openImport: (_, db, org) => imports.openImport(db, org, ABOUT),
  seatsOfExternalIds: async (_, db, org) => [
    ...(await imports.seatsOfExternalIds(db, org, 'federal', ['H-1'])),
  ],
  keysTaken: (_, db, org) => imports.keysTaken(db, org, ['claims']),
  changesOfSeats: (b, db, org) => imports.changesOfSeats(db, org, [b.seat]),
  importPart: (_, db, org) => imports.importPart(db, org, IMPORTS.checked, 0),
  importOutcomes: (_, db, org) => imports.importOutcomes(db, org, IMPORTS.checked),
  oldImports: (_, db, org) => imports.oldImports(db, org, 9_999_999_999_999, 10),
  loadImport: (_, db, org) => loadImport(db, org, IMPORTS.checked),
  importReport: (_, db, org) => importReport(db, org, IMPORTS.checked),
  loadSketch: (_, db, org) => loadSketch(db, org, IMPORTS.sketched),
  whereSeatsReport: (_, db, org) => whereSeatsReport(db, org),
};

/** Part of WRITES. */
export const IMPORT_WRITES: Readonly<Record<string, (b: Busy, tx: Db, org: string) => Promise<unknown>>> = {
  moveImport: (_, tx, org) =>
    imports.moveImport(tx, org, IMPORTS.running, { state: 'running', position: 0 }, { position: 1 }),
  keepOutcomes: (_, tx, org) =>
    imports.keepOutcomes(tx, org, IMPORTS.checked, 0, [
      { row: 2, outcome: 'skip', why: 'Nothing stands in it.', meant: true },
    ]),
  forgetRows: (_, tx, org) => imports.forgetRows(tx, org, IMPORTS.checked),
  dropParts: (_, tx, org) => imports.dropParts(tx, org, IMPORTS.checked),
};
