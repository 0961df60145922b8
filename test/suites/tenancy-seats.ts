import * as inventory from '../../db/inventory.ts';
import { insertRows } from '../../db/bulk.ts';
import * as vendors from '../../db/vendors.ts';
import { searchSeats } from '../../db/seat-search.ts';
import { filterOf, searchOf } from '../../src/domain/seat-filter.ts';
import { channelCalled } from '../../src/queries/channel.ts';
import { loadChartSeats, loadOrgChart } from '../../src/queries/org-chart.ts';
import { exportSeats } from '../../src/queries/seat-export.ts';
import { findSeats, loadSeatList } from '../../src/queries/seat-list.ts';
import { loadSeatRecord } from '../../src/queries/seat-record.ts';
import { loadVendor, loadVendorLines, vendorOptions } from '../../src/queries/vendor.ts';
import * as seats from '../../db/seats.ts';
import type { Db } from '../../db/store.ts';
import { seatKeyById } from '../../src/queries/scope.ts';
import { seatLines } from '../../src/queries/seat.ts';
import type { Busy } from '../support/two-orgs.ts';

/** Reading records, vendors, the list and the chart; see tenancy-queries.ts. */
export const SEAT_READS: Readonly<Record<string, (b: Busy, db: Db, org: string) => unknown>> = {
  recordsOfSeats: (b, db, org) => inventory.recordsOfSeats(db, org, [b.seat]),
  importedSeats: (_, db, org) => inventory.importedSeats(db, org, 'federal'),
  seatChangesOf: (b, db, org) => inventory.seatChangesOf(db, org, b.seat, 100),
  vendorChangesOf: async (b, db, org) => {
    const [vendor] = await vendors.allVendors(db, org);
    return vendors.vendorChangesOf(db, org, vendor!.id, 100);
  },
  seatsOfVendor: async (b, db, org) => {
    const [vendor] = await vendors.allVendors(db, org);
    return vendors.seatsOfVendor(db, org, vendor!.id);
  },
  countSeatsOfVendors: async (_, db, org) => [...(await vendors.countSeatsOfVendors(db, org))],
  loadVendor: async (_, db, org) => loadVendor(db, org, (await vendors.allVendors(db, org))[0]!),
  loadVendorLines: (_, db, org) => loadVendorLines(db, org),
  vendorOptions: (_, db, org) => vendorOptions(db, org),
  searchSeats: (_, db, org) => searchSeats(db, org, filterOf(searchOf(['claims'], {}))),
  findSeats: (_, db, org) => findSeats(db, org, filterOf(searchOf([], {}))),
  loadSeatList: (_, db, org) => loadSeatList(db, org, filterOf(searchOf([], {}))),
  seatLines: async (b, db, org) => seatLines(db, org, [(await seats.seatById(db, org, b.seat))!]),
  seatParents: async (_, db, org) => [...(await seats.seatParents(db, org))],
  everySeat: (_, db, org) => seats.everySeat(db, org),
  loadOrgChart: (_, db, org) => loadOrgChart(db, org),
  loadChartSeats: (b, db, org) => loadChartSeats(db, org, [b.seat]),
  seatKeyById: (b, db, org) => seatKeyById(db, org, b.seat),
  exportSeats: (b, db, org) => exportSeats(db, org, { format: 'json', person: b.app.people.bo }),
  loadSeatRecord: async (b, db, org) => loadSeatRecord(db, org, (await seats.seatById(db, org, b.seat))!),
  channelCalled: (b, db, org) =>
    channelCalled(db, org, { platform: 'slack', tenant: b.tenant }, undefined, 'claims'),
  allVendors: (_, db, org) => vendors.allVendors(db, org),
  vendorsOfSeats: (b, db, org) => vendors.vendorsOfSeats(db, org, [b.seat]),
};

/** Writing them. */
export const SEAT_WRITES: Readonly<Record<string, (b: Busy, tx: Db, org: string) => Promise<unknown>>> = {
  insertRows: (b, tx, org) =>
    insertRows(tx, 'seatChanges', [
      { org, id: 'new', seat: b.seat, at: 1, by: null, before: { users: 'Eleven clerks' } },
    ]),
};
