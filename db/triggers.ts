const refusing = (table: string, verb: 'UPDATE' | 'DELETE', words: string): string[] => {
  const name = `${table}_no_${verb.toLowerCase()}`;
  return [
    `DROP TRIGGER IF EXISTS ${name}`,
    `CREATE TRIGGER ${name} BEFORE ${verb} ON ${table} BEGIN SELECT RAISE(ABORT, '${words}'); END`,
  ];
};

/** What a score says whatever becomes of its reviewer. */
const SCORED = [
  'org',
  'id',
  'seat',
  'reviewer',
  'at',
  'rubric',
  'kind',
  'marks',
  'colours',
  'percent',
  'risk',
];

/** The words of a reviewer who was erased may go: nothing else of a score changes, ever. `same` compares, null with null too. */
const onlyWordsErased = (same: string): string =>
  [
    ...SCORED.map((column) => `NEW.${column} ${same} OLD.${column}`),
    'NEW.note IS NULL',
    'NEW.evidence IS NULL',
    'EXISTS (SELECT 1 FROM people WHERE org = OLD.org AND id = OLD.reviewer AND erased_at IS NOT NULL)',
  ].join(' AND ');

/**
 * The audit log is append-only and scores are never edited, in the database itself. SQLite drops a table's triggers
 * when a migration rebuilds it, so these are made again after every migration.
 */
export const SQLITE_TRIGGERS: readonly string[] = [
  ...refusing('audit_entries', 'UPDATE', 'audit entries are never changed or removed'),
  ...refusing('audit_entries', 'DELETE', 'audit entries are never changed or removed'),
  'DROP TRIGGER IF EXISTS scores_no_update',
  `CREATE TRIGGER scores_no_update BEFORE UPDATE ON scores WHEN NOT (${onlyWordsErased('IS')})
   BEGIN SELECT RAISE(ABORT, 'scores are never changed'); END`,
];

export const PG_TRIGGERS: readonly string[] = [
  `CREATE OR REPLACE FUNCTION audit_entries_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
   BEGIN RAISE EXCEPTION 'audit entries are never changed or removed'; END $$`,
  `CREATE OR REPLACE TRIGGER audit_entries_no_change BEFORE UPDATE OR DELETE ON audit_entries
   FOR EACH ROW EXECUTE FUNCTION audit_entries_refuse()`,
  `CREATE OR REPLACE TRIGGER audit_entries_no_truncate BEFORE TRUNCATE ON audit_entries
   FOR EACH STATEMENT EXECUTE FUNCTION audit_entries_refuse()`,
  `CREATE OR REPLACE FUNCTION scores_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
   BEGIN
     IF ${onlyWordsErased('IS NOT DISTINCT FROM')} THEN RETURN NEW; END IF;
     RAISE EXCEPTION 'scores are never changed';
   END $$`,
  `CREATE OR REPLACE TRIGGER scores_no_update BEFORE UPDATE ON scores
   FOR EACH ROW EXECUTE FUNCTION scores_refuse()`,
];
