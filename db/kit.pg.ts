import {
  boolean,
  customType,
  doublePrecision,
  foreignKey,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
} from 'drizzle-orm/pg-core';
import type { Instant } from '../src/clock.ts';

/** An instant: `timestamptz` for whoever reads the database, milliseconds for the code. */
const instantType = customType<{ data: Instant; driverData: string | Date }>({
  dataType: () => 'timestamp (3) with time zone',
  toDriver: (at) => new Date(at).toISOString(),
  fromDriver: (value) => (value instanceof Date ? value.getTime() : Date.parse(value)),
});

/** Column and table builders under the names that both engines share. See kit.sqlite.ts. */
export const kit = {
  table: pgTable,
  text: (name: string) => text(name),
  int: (name: string) => integer(name),
  real: (name: string) => doublePrecision(name),
  bool: (name: string) => boolean(name),
  instant: (name: string) => instantType(name),
  json: <T>(name: string) => jsonb(name).$type<T>(),
  primaryKey,
  foreignKey,
  index,
  uniqueIndex,
};

export type Kit = typeof kit;
