import { createHash, randomBytes } from 'node:crypto';
import { v7 } from 'uuid';

/** A new opaque id, growing with time so that indexes stay dense. */
export const newId = (): string => v7();

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
