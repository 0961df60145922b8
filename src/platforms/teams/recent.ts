/** Work by key, so that a redelivery gets the first one's result instead of starting again. */
export interface Recent<T> {
  once(key: string, work: () => Promise<T>): Promise<T>;
}

/** Remembers the last `size` keys of this process; what must hold for ever is held by the request key. */
export function createRecent<T>(size: number): Recent<T> {
  const seen = new Map<string, Promise<T>>();
  return {
    once(key, work) {
      const known = seen.get(key);
      if (known !== undefined) return known;
      const fresh = work();
      seen.set(key, fresh);
      // What failed was not done: it may come again.
      fresh.catch(() => seen.delete(key));
      const oldest = seen.size > size ? seen.keys().next().value : undefined;
      if (oldest !== undefined) seen.delete(oldest);
      return fresh;
    },
  };
}
