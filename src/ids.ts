import { createHash, randomBytes } from 'node:crypto';
import { v7 } from 'uuid';

/** A new opaque id, growing with time so that indexes stay dense. */
export const newId = (): string => v7();

/** 16 random bytes as hex. */
export const newSalt = (): string => randomBytes(16).toString('hex');

export const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
