import {
  boolean,
  customType,
  doublePrecision,
  foreignKey,
  index,
  integer,
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

/** drizzle's own jsonb parses what pg has parsed already, so that the text `"123"` would come back as a number. */
const jsonType = customType<{ data: unknown; driverData: unknown }>({
  dataType: () => 'jsonb',
  toDriver: (value) => JSON.stringify(value),
});

/** Column and table builders under the names that both engines share. See kit.sqlite.ts. */
export const kit = {
  table: pgTable,
  text: (name: string) => text(name),
  int: (name: string) => integer(name),
  real: (name: string) => doublePrecision(name),
  bool: (name: string) => boolean(name),
  instant: (name: string) => instantType(name),
  json: <T>(name: string) => jsonType(name).$type<T>(),
  primaryKey,
  foreignKey,
  index,
  uniqueIndex,
};

export type Kit = typeof kit;
