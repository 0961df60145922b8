import { createMemory } from '../memory.ts';

/** Work by key, so that a redelivery gets the first one's result instead of starting again. */
export interface Recent<T> {
  once(key: string, work: () => Promise<T>): Promise<T>;
}

/** Remembers the last `size` keys or more of this process; what must hold for ever is held by the request key. */
export function createRecent<T>(size: number): Recent<T> {
  const memory = createMemory<string, Promise<T>>(size);
  return {
    once(key, work) {
      const known = memory.get(key);
      if (known !== undefined) return known;
      const fresh = work();
      memory.set(key, fresh);
      // What failed was not done: it may come again.
      fresh.catch(() => memory.delete(key));
      return fresh;
    },
  };
}
