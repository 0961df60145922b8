import { z } from 'zod';
import { FIT_WORDS, type LessonFit, parseFit } from '../../domain/lesson.ts';
import { typed } from '../inputs.ts';

/** `every`, or words that narrow it down: `ai,high`. */
export const fitInput = z
  .string()
  .default('every')
  .transform((text, context): LessonFit => {
    const fit = parseFit(text);
    if (fit !== undefined) return fit;
    context.addIssue({
      code: 'custom',
      message: `“${typed(text)}” does not say which seats it fits: every, or one of each kind of ${FIT_WORDS.join(', ')}.`,
    });
    return z.NEVER;
  });
