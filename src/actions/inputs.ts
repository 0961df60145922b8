import { z } from 'zod';
import { parseNumber } from '../domain/metric.ts';
import { clip } from '../text.ts';

/** What was typed, short enough for a sentence about it. */
export const typed = (input: unknown): string =>
  typeof input === 'string' || typeof input === 'number' ? clip(String(input), 40) : '';

/** Text that a person wrote, trimmed, with a sentence when it is missing or too long. */
export const sentence = (what: string, max: number) =>
  z
    .string({ error: `Please give ${what}.` })
    .trim()
    .min(1, `Please give ${what}.`)
    .max(max, `Please keep ${what} within ${max} characters.`);

/** Like `sentence`, but may be left out; an empty text counts as left out. */
export const optionalText = (what: string, max: number) =>
  z
    .string()
    .trim()
    .max(max, `Please keep ${what} within ${max} characters.`)
    .transform((text) => (text === '' ? undefined : text))
    .optional();

/** A web address, http or https; an empty text counts as left out. */
export const optionalLink = (what: string) =>
  optionalText(what, 2000).refine((text) => text === undefined || /^https?:\/\/[^\s]+$/i.test(text), {
    error: `Please give ${what} as a web address that starts with https://.`,
  });

/** One of a few words; `what` with its article: `a category`. What is missing is named as such. */
export const oneOf = <const T extends readonly [string, ...string[]]>(what: string, values: T) =>
  z.enum(values, {
    error: ({ input }) => {
      const choose = `choose ${values.join(', ')}.`;
      return typed(input) === ''
        ? `Please give ${what}: ${choose}`
        : `“${typed(input)}” is not ${what}: ${choose}`;
    },
  });

/** A whole number from `min` to `max`, as a word or a number; `what` begins the sentence: `The level`. */
export const wholeNumber = (what: string, min: number, max: number, meaning = '') => {
  const error = `${what} is a whole number from ${min} to ${max}${meaning}.`;
  return z
    .union([z.number(), z.string().trim().min(1).transform(Number)], { error })
    .pipe(z.number({ error }).int(error).min(min, error).max(max, error));
};

/** A number as people type it (`0.92`, `92%`, `1,5`), or already a number. */
export const typedNumber = (what: string) =>
  z
    .union([z.number(), z.string()], { error: `Please give ${what} as a number.` })
    .transform((given, context) => {
      const value = typeof given === 'number' ? given : parseNumber(given);
      if (value !== undefined && Number.isFinite(value)) return value;
      const seen = typeof given === 'string' ? `“${typed(given)}” is not a number. ` : '';
      context.addIssue({
        code: 'custom',
        message: `${seen}Please give ${what} as a number like 0.92, 92 or 1,5.`,
      });
      return z.NEVER;
    });
