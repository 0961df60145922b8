import { createHash, randomBytes } from 'node:crypto';
import { v5, v7 } from 'uuid';

/** A new opaque id, growing with time so that indexes stay dense. */
export const newId = (): string => v7();

const NAMES = '6f1c8a52-3b0e-4d57-9a1e-27c4d0b8e913';

/** The same id for the same words: for what must not be made twice, by whoever makes it. */
export const idOf = (words: string): string => v5(words, NAMES);

const ID_BYTES = 16;
const MOST_STEPS = 2 ** 31;

/** As many new ids as are asked for, each greater than the one before: for batches, where asking one by one is slow. */
export function newIds(count: number): string[] {
  const random = randomBytes(ID_BYTES * (count + 1));
  const first = random.readUInt32BE(ID_BYTES * count) % MOST_STEPS;
  const at = first + count < MOST_STEPS ? first : 0;
  return Array.from({ length: count }, (_, i) =>
    v7({ random: random.subarray(i * ID_BYTES, (i + 1) * ID_BYTES), seq: at + i }),
  );
}

/** 16 random bytes as hex. */
export const newSalt = (): string => randomBytes(16).toString('hex');

export const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
