import type { Instant, Wall } from '../../clock.ts';

/** Says whether a key comes for the first time. Remembers at least `forMs`, in bounded memory. */
export interface Seen<K> {
  first(key: K): boolean;
}

/** Two generations: the older one is forgotten as a whole, so that nothing has to be searched for old entries. */
export function createSeen<K>(wall: Pick<Wall, 'now'>, forMs: number, most: number): Seen<K> {
  let young = new Set<K>();
  let old = new Set<K>();
  let since: Instant = wall.now();
  return {
    first(key) {
      if (wall.now() - since > forMs || young.size >= most) {
        [old, young, since] = [young, new Set(), wall.now()];
      }
      if (young.has(key) || old.has(key)) return false;
      young.add(key);
      return true;
    },
  };
}
