import { SEVERITY_WORDS, type Severity } from '../../domain/issue.ts';
import { z } from 'zod';
import { wholeNumber } from '../inputs.ts';

const byWord = new Map(Object.entries(SEVERITY_WORDS).map(([number, word]) => [word, Number(number)]));

/** 1 to 4, or its word: `critical`. */
export const severityInput = z
  .preprocess(
    (typed) => (typeof typed === 'string' ? (byWord.get(typed.trim().toLowerCase()) ?? typed) : typed),
    wholeNumber('The severity', 1, 4, ' (1 is critical, 4 is low)'),
  )
  .transform((n) => n as Severity);
