/** How a call of the Web API goes wrong on purpose. */
export type Fault =
  | { readonly kind: '429'; readonly retryAfter: number }
  | { readonly kind: '500' }
  | { readonly kind: '503' }
  /** `ok: false` with this code. */
  | { readonly kind: 'error'; readonly error: string }
  /** 200 with a body that is not JSON. */
  | { readonly kind: 'garbage' }
  /** The connection breaks before the call had any effect. */
  | { readonly kind: 'reset_before_accept' }
  /** The call has its effect, then the connection breaks: the caller cannot know. */
  | { readonly kind: 'reset_after_accept' }
  /** No answer and no effect. */
  | { readonly kind: 'hang' }
  /** No answer, but the call has its effect. */
  | { readonly kind: 'hang_after_accept' }
  /** Answered after `ms` of real time. */
  | { readonly kind: 'slow'; readonly ms: number }
  /** Answered when `until` resolves: for tests that decide the order themselves. */
  | { readonly kind: 'hold'; readonly until: Promise<void> };

export interface Faults {
  /** The next `n` calls of `method` (`*`: any) go wrong like this. Several lists are used up in order. */
  next(method: string, n: number, fault: Fault): void;
  take(method: string): Fault | undefined;
  pending(): number;
  clear(): void;
}

export function createFaults(): Faults {
  let waiting: { method: string; left: number; fault: Fault }[] = [];
  return {
    next: (method, n, fault) => void waiting.push({ method, left: n, fault }),
    take(method) {
      const hit = waiting.find((w) => w.method === method || w.method === '*');
      if (hit === undefined) return undefined;
      hit.left -= 1;
      if (hit.left <= 0) waiting = waiting.filter((w) => w !== hit);
      return hit.fault;
    },
    pending: () => waiting.reduce((sum, w) => sum + w.left, 0),
    clear: () => void (waiting = []),
  };
}
