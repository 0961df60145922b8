import type { z } from 'zod';
import { clip } from '../../text.ts';

/** A misspelt name would be passed over in silence, and a default taken: the sentence about it, or undefined. */
export function unknownName(object: object, shape: z.ZodObject['shape']): string | undefined {
  for (const name of Object.keys(object)) {
    if (!Object.hasOwn(shape, name))
      return `“${clip(name, 40)}” is not known here. There are: ${Object.keys(shape).join(', ')}.`;
  }
  return undefined;
}

export const isObject = (value: unknown): value is Record<string, unknown> =>
  value !== null && typeof value === 'object' && !Array.isArray(value);
