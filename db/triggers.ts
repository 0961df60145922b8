/**
 * The audit log is append-only in the database itself. SQLite drops a table's triggers when a migration rebuilds
 * it, so these are made again after every migration.
 */
export const SQLITE_TRIGGERS: readonly string[] = ['UPDATE', 'DELETE'].flatMap((verb) => {
  const name = `audit_entries_no_${verb.toLowerCase()}`;
  return [
    `DROP TRIGGER IF EXISTS ${name}`,
    `CREATE TRIGGER ${name} BEFORE ${verb} ON audit_entries BEGIN SELECT RAISE(ABORT, 'audit entries are never changed or removed'); END`,
  ];
});

export const PG_TRIGGERS: readonly string[] = [
  `CREATE OR REPLACE FUNCTION audit_entries_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
   BEGIN RAISE EXCEPTION 'audit entries are never changed or removed'; END $$`,
  `CREATE OR REPLACE TRIGGER audit_entries_no_change BEFORE UPDATE OR DELETE ON audit_entries
   FOR EACH ROW EXECUTE FUNCTION audit_entries_refuse()`,
  `CREATE OR REPLACE TRIGGER audit_entries_no_truncate BEFORE TRUNCATE ON audit_entries
   FOR EACH STATEMENT EXECUTE FUNCTION audit_entries_refuse()`,
];
