import Database from 'better-sqlite3';

/** Another program that takes the write lock of a SQLite file, says so, and holds it until it is told to let go. */
if (process.argv[2] !== undefined) {
  const db = new Database(process.argv[2]);
  db.exec('BEGIN IMMEDIATE');
  process.send?.('locked');
  process.once('message', () => {
    db.exec('COMMIT');
    db.close();
    process.disconnect();
  });
}
