/** What a look into a SQLite file from outside says. */
export interface Integrity {
  /** Empty when all is well; else SQLite's own words. */
  readonly faults: readonly string[];
}

/** Checks a file that no other process uses, and leaves it as one file without a write-ahead log beside it. */
export async function checkSqliteFile(file: string): Promise<Integrity> {
  const { default: Database } = await import('better-sqlite3');
  const db = new Database(file, { fileMustExist: true });
  try {
    db.pragma('journal_mode = DELETE');
    const said = db.pragma('integrity_check') as readonly { integrity_check: string }[];
    const orphans = db.pragma('foreign_key_check') as readonly { table: string }[];
    return {
      faults: [
        ...said.map((row) => row.integrity_check).filter((word) => word !== 'ok'),
        ...(orphans.length === 0
          ? []
          : [`${orphans.length} rows without their parent in ${orphans[0]!.table}`]),
      ].slice(0, 5),
    };
  } catch (error) {
    if (error instanceof Error && 'code' in error && /^SQLITE_(?:CORRUPT|NOTADB)/.test(String(error.code)))
      return { faults: [error.message] };
    throw error;
  } finally {
    db.close();
  }
}

/** Whether another process has a SQLite file open: only who is alone can take it out of the write-ahead log. */
export async function isSqliteInUse(file: string): Promise<boolean> {
  const { default: Database } = await import('better-sqlite3');
  const db = new Database(file, { fileMustExist: true, timeout: 200 });
  try {
    db.pragma('journal_mode = DELETE');
    return false;
  } catch (error) {
    if (error instanceof Error && 'code' in error && String(error.code).startsWith('SQLITE_BUSY'))
      return true;
    throw error;
  } finally {
    db.close();
  }
}
