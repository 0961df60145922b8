import type { JsonObject } from '../../src/ui/card.ts';
import type { Kit } from '../kit.pg.ts';
import type { OrgTables } from './org.ts';
import type { SeatTables } from './seats.ts';

/** What an inventory says of each seat, and the vendors behind the seats. Apart from `seats`, which is read all day. */
export function inventoryTables(kit: Kit, { orgs, seats }: Pick<OrgTables, 'orgs'> & SeatTables) {
  const { table, text, int, instant, json, primaryKey, foreignKey, index, uniqueIndex } = kit;

  /** At most one row a seat; without one nothing was said yet. */
  const inventory = table(
    'inventory',
    {
      org: text('org').notNull(),
      seat: text('seat').notNull(),
      useCase: text('use_case'),
      users: text('users'),
      dataSources: json<readonly string[]>('data_sources').notNull(),
      modelClass: text('model_class'),
      modelProvider: text('model_provider'),
      /** Systems of record that it reads or writes. */
      integrations: json<readonly string[]>('integrations').notNull(),
      posture: text('posture'),
      /** Where the use case comes from, in words. */
      source: text('source'),
      /** What somebody's inventory says beyond these fields: text by the name that it has there. */
      extra: json<Readonly<Record<string, string>>>('extra').notNull(),
      /** The inventory that it was imported from, and its name for the use case. */
      importedFrom: text('imported_from'),
      externalId: text('external_id'),
      /** Everything of seat and record that a search looks at, folded. */
      searchable: text('searchable').notNull(),
      /** Counts the changes of the seat and its record, so that nobody overwrites what they have not seen. */
      revision: int('revision').notNull().default(1),
      updatedAt: instant('updated_at').notNull(),
      updatedBy: text('updated_by'),
    },
    (t) => [
      primaryKey({ columns: [t.org, t.seat] }),
      uniqueIndex('inventory_external').on(t.org, t.importedFrom, t.externalId),
      foreignKey({ columns: [t.org, t.seat], foreignColumns: [seats.org, seats.id], name: 'inventory_seat' }),
    ],
  );

  const vendors = table(
    'vendors',
    {
      org: text('org')
        .notNull()
        .references(() => orgs.id),
      id: text('id').notNull(),
      key: text('key').notNull(),
      name: text('name').notNull(),
      /** Service level of its interface. */
      sla: text('sla'),
      /** Data-processing terms. */
      terms: text('terms'),
      residency: text('residency'),
      rateLimits: text('rate_limits'),
      /** What it costs at real scale. */
      cost: text('cost'),
      /** How to switch to another one. */
      switching: text('switching'),
      contact: text('contact'),
      reviewedAt: instant('reviewed_at'),
      reviewedBy: text('reviewed_by'),
      /** No longer a vendor of the organisation; its key stays taken. */
      endedAt: instant('ended_at'),
      /** What a search looks at, folded. */
      searchable: text('searchable').notNull(),
      revision: int('revision').notNull().default(1),
      createdAt: instant('created_at').notNull(),
      createdBy: text('created_by'),
    },
    (t) => [primaryKey({ columns: [t.org, t.id] }), uniqueIndex('vendors_key').on(t.org, t.key)],
  );

  /** Which vendors stand behind which seat. */
  const seatVendors = table(
    'seat_vendors',
    { org: text('org').notNull(), seat: text('seat').notNull(), vendor: text('vendor').notNull() },
    (t) => [
      primaryKey({ columns: [t.org, t.seat, t.vendor] }),
      index('seat_vendors_by_vendor').on(t.org, t.vendor),
      foreignKey({
        columns: [t.org, t.seat],
        foreignColumns: [seats.org, seats.id],
        name: 'seat_vendors_seat',
      }),
      foreignKey({
        columns: [t.org, t.vendor],
        foreignColumns: [vendors.org, vendors.id],
        name: 'seat_vendors_vendor',
      }),
    ],
  );

  /** What a seat and its record said before a change: the value of each changed field, by its name. */
  const seatChanges = table(
    'seat_changes',
    {
      org: text('org').notNull(),
      id: text('id').notNull(),
      seat: text('seat').notNull(),
      at: instant('at').notNull(),
      by: text('by'),
      before: json<JsonObject>('before').notNull(),
    },
    (t) => [
      primaryKey({ columns: [t.org, t.id] }),
      index('seat_changes_by_seat').on(t.org, t.seat, t.at),
      foreignKey({
        columns: [t.org, t.seat],
        foreignColumns: [seats.org, seats.id],
        name: 'seat_changes_seat',
      }),
    ],
  );

  /** The same of a vendor. */
  const vendorChanges = table(
    'vendor_changes',
    {
      org: text('org').notNull(),
      id: text('id').notNull(),
      vendor: text('vendor').notNull(),
      at: instant('at').notNull(),
      by: text('by'),
      before: json<JsonObject>('before').notNull(),
    },
    (t) => [
      primaryKey({ columns: [t.org, t.id] }),
      index('vendor_changes_by_vendor').on(t.org, t.vendor, t.at),
      foreignKey({
        columns: [t.org, t.vendor],
        foreignColumns: [vendors.org, vendors.id],
        name: 'vendor_changes_vendor',
      }),
    ],
  );

  return { inventory, vendors, seatVendors, seatChanges, vendorChanges };
}
