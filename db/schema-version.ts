import { readMigrationFiles } from 'drizzle-orm/migrator';
import { invalid } from '../src/errors.ts';

/** Throws invalid when the last migration of a database is not this version's last one. */
export function assertSchema(last: number | undefined, folder: string): void {
  const newest = readMigrationFiles({ migrationsFolder: folder }).at(-1)!.folderMillis;
  if (last === newest) return;
  if ((last ?? 0) > newest)
    throw invalid('The database has the schema of a newer version of Coxswain. Use that version here, too.');
  throw invalid('The database does not have this version’s schema yet.', { hint: 'coxswain migrate' });
}
