import type Database from 'better-sqlite3';

type Values = Readonly<Record<string, unknown>>;
type Run = (values: Values) => unknown;
/** The same query, which remembers what it found. */
export type Answers = (run: Run) => Run;

/** Rows that are kept in all. */
const MOST_ROWS = 20_000;
/** A longer answer is not what many people ask for. */
const LONGEST = 200;

/**
 * Keeps the answers of queries on a connection that only reads, for as long as nothing was written: the same few rows
 * (who asks, the organisation, its rubric, the seat that everybody looks at) are read many times between two writes.
 * Our own commits are told by `changed`. SQLite's `data_version` tells those of other processes: it is asked once in a
 * turn of the event loop, so what comes from here is what the query would have found at the beginning of the turn, or
 * after our last commit.
 */
export function createAnswers(db: Database.Database): { answers: Answers; changed: () => void } {
  const version = db.prepare('PRAGMA data_version').pluck();
  const all: Map<string, unknown>[] = [];
  let [seen, asked, rows] = [version.get(), false, 0];

  function forget(): void {
    for (const kept of all) kept.clear();
    rows = 0;
  }

  function forgetWhatChanged(): void {
    if (rows > MOST_ROWS) forget();
    if (asked) return;
    asked = true;
    setImmediate(() => (asked = false));
    const now = version.get();
    if (now !== seen) forget();
    seen = now;
  }

  const answers: Answers = (run) => {
    const kept = new Map<string, unknown>();
    all.push(kept);
    return (values) => {
      forgetWhatChanged();
      const key = keyOf(values);
      const known = kept.get(key);
      if (known !== undefined) return known;
      const answer = run(values);
      if (!Array.isArray(answer) || answer.length > LONGEST) return answer;
      kept.set(key, deepFrozen(answer));
      rows += 1 + answer.length;
      return answer;
    };
  };
  return { answers, changed: forget };
}

/** Different for different values: each says its type and its length. */
function keyOf(values: Values): string {
  let key = '';
  for (const name in values) {
    const text = String(values[name]);
    key += `${typeof values[name]} ${text.length} ${text} `;
  }
  return key;
}

/** Who changes what they were given would change what the next one is given. */
function deepFrozen<T>(value: T): T {
  if (value === null || typeof value !== 'object' || ArrayBuffer.isView(value)) return value;
  for (const part of Object.values(value)) deepFrozen(part);
  return Object.freeze(value);
}
