import { AsyncResource } from 'node:async_hooks';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type Database from 'better-sqlite3';
import { type Wall, SECOND } from '../src/clock.ts';
import { unavailable } from '../src/errors.ts';
import { type Db, explain, isBusy } from './store.ts';

const BUSY_PAUSE = 50;
/** After this long the write is given up with a sentence. */
const BUSY_LIMIT = 30 * SECOND;

/** Writes of one commit. */
const MOST_TOGETHER = 64;
/** After so many ms nothing joins any more: who came first does not wait for everybody, and others get a turn. */
const LONGEST_TOGETHER = 10;

interface Write {
  /** Runs it and keeps what came of it, until `tell`. False when it failed. */
  readonly run: () => Promise<boolean>;
  readonly tell: () => void;
  readonly fail: (error: unknown) => void;
  readonly alone: boolean;
}

const untold = (): void => undefined;

/** The writes of one connection, one after the other. */
export interface Writes {
  /** One transaction, or a part of one that nobody can tell from it: see `shareCommits`. */
  add<T>(run: (tx: Db) => Promise<T>, alone: boolean): Promise<T>;
  /** Resolves when nothing is being written. */
  idle(): Promise<void>;
}

/**
 * Writes that wait at the same moment share one commit, and so one wait for the disk. Each has its own savepoint: one
 * that fails takes back its own changes only. What came of any of them is told after the commit, because an error may
 * be about what an earlier one did. When the commit fails, or SQLite itself takes the whole transaction back (a full
 * disk), each is run again alone, so that none fails for another's sake: `run` may be called twice, as on PostgreSQL.
 * `changed` is called after each commit, before anybody is told.
 */
export function shareCommits(
  db: Database.Database,
  open: (live: () => boolean) => Db,
  { wall, changed }: { readonly wall: Wall; readonly changed: () => void },
): Writes {
  const waiting: Write[] = [];
  const statement = (text: string) => db.prepare(text);
  const BEGIN = statement('BEGIN IMMEDIATE');
  const COMMIT = statement('COMMIT');
  const ROLLBACK = statement('ROLLBACK');
  const SAVEPOINT = statement('SAVEPOINT one');
  const RELEASE = statement('RELEASE one');
  const TAKE_BACK = statement('ROLLBACK TO one');
  let working: Promise<void> = Promise.resolve();
  let busy = false;

  async function begin(): Promise<void> {
    const until = wall.now() + BUSY_LIMIT;
    for (;;) {
      try {
        BEGIN.run();
        return;
      } catch (error) {
        if (!isBusy(error)) throw error;
        if (wall.now() > until) {
          throw unavailable(
            'The database has been locked by another program for 30 seconds. Nothing was changed.',
          );
        }
        await wall.sleep(BUSY_PAUSE);
      }
    }
  }

  /** Runs one more write of the open transaction. False when there is no transaction any more. */
  async function join(write: Write): Promise<boolean> {
    SAVEPOINT.run();
    const well = await write.run();
    if (!db.inTransaction) return false;
    if (!well) TAKE_BACK.run();
    RELEASE.run();
    return true;
  }

  /** Runs the first ones that wait in one transaction. True when all of them know what came of them. */
  async function together(all: Write[]): Promise<boolean> {
    const since = wall.now();
    await begin();
    let whole = await all[0]!.run();
    if (!whole) {
      takeBack();
      all[0]!.tell();
      return true;
    }
    while (whole && mayJoin(all, since)) {
      const next = waiting.shift()!;
      all.push(next);
      whole = await join(next);
    }
    if (!whole) return false;
    COMMIT.run();
    changed();
    for (const write of all) write.tell();
    return true;
  }

  function takeBack(): void {
    if (db.inTransaction) ROLLBACK.run();
  }

  const mayJoin = (all: readonly Write[], since: number): boolean =>
    waiting[0]?.alone === false &&
    !all[0]!.alone &&
    all.length < MOST_TOGETHER &&
    wall.now() - since < LONGEST_TOGETHER;

  async function work(): Promise<void> {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      // Whoever else came by now is heard first. This driver never waits for anything, so without it a queue of
      // writes would leave no turn for requests that only read.
      await nextTurn();
      const all = [next];
      try {
        if (!(await together(all))) again(all);
      } catch (error) {
        takeBack();
        if (all.length === 1) next.fail(error);
        else again(all);
      }
    }
    busy = false;
  }

  const again = (all: readonly Write[]): void =>
    void waiting.unshift(...all.map((write) => ({ ...write, alone: true })));

  return {
    add: <T>(run: (tx: Db) => Promise<T>, alone: boolean) =>
      new Promise<T>((resolve, reject) => {
        let tell = untold;
        const attempt = async (): Promise<boolean> => {
          let live = true;
          try {
            const result = await run(open(() => live));
            tell = () => resolve(result);
            return true;
          } catch (error) {
            tell = () => reject(explain(error));
            return false;
          } finally {
            live = false;
          }
        };
        waiting.push({
          run: AsyncResource.bind(attempt),
          tell: () => tell(),
          fail: (error) => reject(explain(error)),
          alone,
        });
        if (busy) return;
        busy = true;
        working = work();
      }),
    idle: () => working,
  };
}
