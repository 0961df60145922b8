import { CoxswainError } from '../../errors.ts';

/** After so many nothing new is learned. */
const MOST_FAULTS = 100;

export interface Faults {
  /** Keeps a sentence; anything else is thrown on. */
  readonly add: (index: number, error: unknown) => void;
  /** Throws what was kept, if anything. */
  readonly tell: () => void;
}

/**
 * What is wrong in a batch of so many, told at once. In a form with many numbers, or a batch, each sentence belongs
 * to the number it is about: `value_3`.
 */
export function collectFaults(of: number): Faults {
  const found = new Map<number, CoxswainError>();
  const tell = () => {
    const [first, ...others] = found.values();
    if (first === undefined) return;
    if (of === 1) throw first;
    const fields = Object.fromEntries([...found].map(([i, { message }]) => [`value_${i}`, message]));
    if (others.length === 0) throw new CoxswainError(first.code, first.message, { fields });
    const code = others.every((other) => other.code === first.code) ? first.code : 'invalid';
    const many = found.size === MOST_FAULTS ? `At least ${found.size}` : String(found.size);
    throw new CoxswainError(code, `${many} of ${of} readings are wrong. The first: ${first.message}`, {
      fields,
    });
  };
  return {
    tell,
    add(index, error) {
      if (!(error instanceof CoxswainError)) throw error;
      found.set(index, error);
      if (found.size === MOST_FAULTS) tell();
    },
  };
}
