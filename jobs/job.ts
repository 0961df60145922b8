import type { Db } from '../db/store.ts';
import type { Instant } from '../src/clock.ts';
import type { App } from '../src/context.ts';

/** One due occurrence of a duty. `key` is the same whenever and wherever the same occurrence is found. */
export interface Due {
  readonly org: string;
  readonly key: string;
  readonly args: Readonly<Record<string, string | number>>;
}

/**
 * A recurring duty. What is due is found in the database by its due time, so a restart catches up; running an
 * occurrence twice has one effect, because its action checks where things stand.
 */
export interface Job {
  readonly name: string;
  due(db: Db, now: Instant, limit: number): Promise<readonly Due[]>;
  /** The next due instant after `now`, for a clock that is moved by hand. */
  next(db: Db, now: Instant): Promise<Instant | undefined>;
  run(app: App, due: Due): Promise<void>;
}
