import type { ImportCounts } from '../../src/domain/import/plan.ts';
import type { JsonObject } from '../../src/ui/card.ts';
import type { Kit } from '../kit.pg.ts';
import type { OrgTables } from './org.ts';

export type ImportState = 'sketched' | 'checking' | 'checked' | 'running' | 'done' | 'failed' | 'cancelled';

/** Files that became seats, how far each of them got, and, from chat, what they say until they are done. */
export function importTables(kit: Kit, { orgs }: Pick<OrgTables, 'orgs'>) {
  const { table, text, int, bool, instant, json, primaryKey, foreignKey, index } = kit;

  const imports = table(
    'imports',
    {
      org: text('org')
        .notNull()
        .references(() => orgs.id),
      id: text('id').notNull(),
      /** Person id; null from the command line. */
      by: text('by'),
      state: text('state').$type<ImportState>().notNull(),
      /** As its mapping calls the inventory. */
      source: text('source').notNull(),
      fileName: text('file_name').notNull(),
      fileHash: text('file_hash').notNull(),
      mappingHash: text('mapping_hash').notNull(),
      overwrite: bool('overwrite').notNull(),
      /** Rows below the titles. */
      rows: int('rows').notNull(),
      /** So many of them are worked through in the present state. */
      position: int('position').notNull(),
      counts: json<ImportCounts>('counts').notNull(),
      /** What whoever imports should know of the file as a whole. */
      notes: json<readonly string[]>('notes').notNull(),
      createdAt: instant('created_at').notNull(),
      endedAt: instant('ended_at'),
      /** Why it failed, as a sentence. */
      fault: text('fault'),
    },
    (t) => [primaryKey({ columns: [t.org, t.id] }), index('imports_open').on(t.org, t.fileHash, t.state)],
  );

  /** Some rows of a file that was given in chat. */
  const importParts = table(
    'import_parts',
    {
      org: text('org').notNull(),
      import: text('import').notNull(),
      /** Number of its first row, counted from 0 below the titles. */
      at: int('at').notNull(),
      size: int('size').notNull(),
      /** Emptied when the import has ended. */
      rows: json<readonly JsonObject[]>('rows').notNull(),
      /** What became of each row, or would; null until it was looked at. */
      outcomes: json<readonly JsonObject[]>('outcomes'),
    },
    (t) => [
      primaryKey({ columns: [t.org, t.import, t.at] }),
      foreignKey({
        columns: [t.org, t.import],
        foreignColumns: [imports.org, imports.id],
        name: 'import_parts_import',
      }),
    ],
  );

  return { imports, importParts };
}
