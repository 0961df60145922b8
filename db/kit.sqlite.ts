import {
  customType,
  foreignKey,
  index,
  integer,
  primaryKey,
  real,
  sqliteTable,
  text,
  uniqueIndex,
} from 'drizzle-orm/sqlite-core';
import type { Instant } from '../src/clock.ts';
import type { Kit } from './kit.pg.ts';

const instantType = customType<{ data: Instant; driverData: number }>({ dataType: () => 'integer' });

const kit = {
  table: sqliteTable,
  text: (name: string) => text(name),
  int: (name: string) => integer(name),
  real: (name: string) => real(name),
  bool: (name: string) => integer(name, { mode: 'boolean' }),
  instant: (name: string) => instantType(name),
  json: <T>(name: string) => text(name, { mode: 'json' }).$type<T>(),
  primaryKey,
  foreignKey,
  index,
  uniqueIndex,
};

/**
 * The SQLite builders, typed as PostgreSQL's. Guarantee: only the builders above are used by the schema, they
 * take the same arguments, and the suites of test/suites run on both engines. This is the one cast of the schema.
 */
export const sqliteKit = kit as unknown as Kit;
