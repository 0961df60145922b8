import { recordsOfSeats } from '../../db/inventory.ts';
import { countOpenIssues } from '../../db/issues.ts';
import { channelsByIds } from '../../db/orgs.ts';
import { ownersOfSeats } from '../../db/owners.ts';
import { type Seat, seatById, seatsByIds } from '../../db/seats.ts';
import type { Db } from '../../db/store.ts';
import { vendorsOfSeats } from '../../db/vendors.ts';
import { DAY } from '../clock.ts';
import { csvText } from '../domain/csv-write.ts';
import { dayText } from '../domain/dates.ts';
import { EMPTY_RECORD, RECORD_KEYS, fieldOf } from '../domain/inventory.ts';
import { OWNER_ROLES } from '../domain/seat.ts';
import { findSeats } from './seat-list.ts';
import type { SeatFilter } from '../domain/seat-filter.ts';
import { loadStandings } from './standing.ts';

type CsvCell = string | number | boolean | null;

/** What an export is made from: one seat, or those that fit. Small enough to travel in an address. */
export type ExportArgs = {
  readonly format: 'csv' | 'json';
  /** Whose export it is: they see in it what they may see. */
  readonly person: string;
  readonly seat?: string;
  readonly filter?: Omit<SeatFilter, 'flags'> & { readonly flags: readonly string[] };
};

const HEAD = [
  'key',
  'name',
  'accountability',
  'holder',
  'stage',
  'halted',
  'level',
  'risk',
  'reports to',
  'channel',
  'added',
] as const;

/** The seats with owners, readiness and records as CSV or JSON. The number of queries is fixed. */
export async function exportSeats(db: Db, org: string, args: ExportArgs): Promise<string> {
  const seats = await seatsOf(db, org, args);
  const ids = seats.map((seat) => seat.id);
  const [records, vendors, owners, standings, open, parents, channels] = await Promise.all([
    recordsOfSeats(db, org, ids),
    vendorsOfSeats(db, org, ids),
    ownersOfSeats(db, org, ids),
    loadStandings(db, org, ids),
    countOpenIssues(db, org, ids),
    seatsByIds(
      db,
      org,
      seats.flatMap((seat) => seat.parent ?? []),
    ),
    channelsByIds(db, org, [...new Set(seats.flatMap((seat) => seat.channel ?? []))]),
  ]);
  const owned = Map.groupBy(owners, (owner) => owner.seat);
  const rows = seats.map((seat) => {
    const record = records.get(seat.id) ?? EMPTY_RECORD;
    const names = owned.get(seat.id) ?? [];
    return {
      fixed: {
        key: seat.key,
        name: seat.name,
        accountability: seat.accountability,
        holder: seat.holder,
        stage: seat.stage,
        halted: seat.halted,
        level: seat.level,
        risk: seat.risk,
        'reports to': (seat.parent === null ? undefined : parents.get(seat.parent)?.key) ?? null,
        channel: (seat.channel === null ? undefined : channels.get(seat.channel)?.name) ?? null,
        added: dayText(Math.floor(seat.createdAt / DAY)),
      } satisfies Record<(typeof HEAD)[number], CsvCell>,
      owners: Object.fromEntries(
        OWNER_ROLES.map((role) => {
          const owner = names.find((one) => one.role === role);
          return [
            role,
            owner === undefined ? null : `${owner.name}${owner.acceptedAt === null ? ' (asked)' : ''}`,
          ];
        }),
      ),
      readiness: standings.get(seat.id)?.now.percent ?? null,
      openIssues: open.get(seat.id) ?? 0,
      record,
      vendors: (vendors.get(seat.id) ?? []).map((vendor) => vendor.key),
      importedFrom: records.get(seat.id)?.importedFrom ?? null,
      externalId: records.get(seat.id)?.externalId ?? null,
    };
  });
  if (args.format === 'json') return `${JSON.stringify(rows.map(asObject), undefined, 2)}\n`;
  const extra = [...new Set(rows.flatMap(({ record }) => Object.keys(record.extra)))];
  const header = [
    ...HEAD,
    ...OWNER_ROLES.map((role) => `owner: ${role}`),
    'readiness %',
    'open issues',
    ...RECORD_KEYS.map((key) => fieldOf(key).title.toLowerCase()),
    'vendors',
    'imported from',
    'external id',
    // A column of somebody's inventory that is called like one of ours stays apart from it.
    ...extra.map((name) => `extra: ${name}`),
  ];
  return csvText([
    header,
    ...rows.map(({ fixed, owners: named, record, ...row }): CsvCell[] => [
      ...HEAD.map((name) => fixed[name]),
      ...OWNER_ROLES.map((role) => named[role] ?? null),
      row.readiness,
      row.openIssues,
      ...RECORD_KEYS.map((key) => {
        const value = record[key];
        return value === null || typeof value === 'string' ? value : value.join('\n');
      }),
      row.vendors.join('\n'),
      row.importedFrom,
      row.externalId,
      ...extra.map((name) => record.extra[name] ?? null),
    ]),
  ]);

  function asObject({ fixed, record, ...row }: (typeof rows)[number]) {
    const told = Object.fromEntries([...RECORD_KEYS, 'extra' as const].map((key) => [key, record[key]]));
    return { ...fixed, ...row, record: told };
  }
}

async function seatsOf(db: Db, org: string, { seat, filter }: ExportArgs): Promise<Seat[]> {
  if (seat !== undefined) {
    const found = await seatById(db, org, seat);
    return found === undefined ? [] : [found];
  }
  // Guarantee of the cast: these flags come from a filter.
  const flags = new Set(filter?.flags ?? []) as SeatFilter['flags'];
  return findSeats(db, org, { words: [], sort: 'key', backwards: false, ...filter, flags });
}
