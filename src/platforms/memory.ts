import type { Instant, Wall } from '../clock.ts';

/** The newest entries, in bounded space. What must hold for ever belongs into the database. */
export interface Memory<K, V> {
  get(key: K): V | undefined;
  set(key: K, value: V): void;
  delete(key: K): void;
}

/** When entries may be let go although there is room. */
export interface Lifetime {
  readonly wall: Pick<Wall, 'now'>;
  /** Kept at least this long unless there are too many. */
  readonly forMs: number;
}

/**
 * Keeps at least the newest `most` entries, and less than twice as many. Two generations: the older one is forgotten
 * as a whole, so that nothing has to be searched for the oldest entry.
 */
export function createMemory<K, V>(most: number, lifetime?: Lifetime): Memory<K, V> {
  let young = new Map<K, V>();
  let old = new Map<K, V>();
  let since: Instant = lifetime?.wall.now() ?? 0;
  const aged = () => lifetime !== undefined && lifetime.wall.now() - since > lifetime.forMs;
  return {
    get: (key) => young.get(key) ?? old.get(key),
    set(key, value) {
      if (young.size >= most || aged()) {
        [old, young, since] = [young, new Map(), lifetime?.wall.now() ?? 0];
      }
      young.set(key, value);
    },
    delete(key) {
      young.delete(key);
      old.delete(key);
    },
  };
}
