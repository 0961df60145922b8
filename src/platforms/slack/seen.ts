import { type Lifetime, createMemory } from '../memory.ts';

/** Says whether a key comes for the first time. */
export interface Seen<K> {
  first(key: K): boolean;
}

/** Remembers the last `most` keys or more, for their lifetime. */
export function createSeen<K>(most: number, lifetime: Lifetime): Seen<K> {
  const memory = createMemory<K, true>(most, lifetime);
  return {
    first(key) {
      if (memory.get(key) === true) return false;
      memory.set(key, true);
      return true;
    },
  };
}
