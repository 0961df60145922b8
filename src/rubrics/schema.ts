import { z } from 'zod';
import { RUBRIC_LIMITS, SCORED } from '../domain/rubric/rubric.ts';
import { RISK_TIERS } from '../domain/seat.ts';

const key = (what: string) =>
  z
    .string({ error: `the key of ${what}: letters a–z, digits and hyphens` })
    .regex(/^[a-z0-9](?:[a-z0-9-]{0,28}[a-z0-9])?$/, {
      error: `the key of ${what}: 1 to ${RUBRIC_LIMITS.key} letters a–z, digits and inner hyphens`,
    });

const line = (what: string, most: number) =>
  z
    .string({ error: `${what}, as a text` })
    .trim()
    .min(1, { error: `${what}, not an empty text` })
    .max(most, { error: `${what}, in at most ${most} characters` });

const choice = <const T extends readonly string[]>(values: T) =>
  z.enum(values, { error: `one of: ${values.join(', ')}` });

const unknownKey =
  (known: readonly string[]): z.core.$ZodErrorMap =>
  (issue) =>
    issue.code === 'unrecognized_keys'
      ? `only these entries: ${known.join(', ')}; not ${issue.keys.map((k) => `“${k.slice(0, 40)}”`).join(', ')}`
      : 'a mapping with the entries ' + known.join(', ');

const strict = <S extends z.core.$ZodLooseShape>(shape: S) =>
  z.strictObject(shape, { error: unknownKey(Object.keys(shape)) });

const criterion = strict({
  key: key('a criterion'),
  name: line('what the criterion asks', RUBRIC_LIMITS.name),
  red: line('what red looks like', RUBRIC_LIMITS.text),
  yellow: line('what yellow looks like', RUBRIC_LIMITS.text),
  green: line('what green looks like', RUBRIC_LIMITS.text),
  evidence: line('an example of evidence', RUBRIC_LIMITS.text),
  from: choice(RISK_TIERS).default('low'),
});

/** No key twice; the sentence stands at the second one. */
const unique =
  (what: string): z.core.CheckFn<{ key: string }[]> =>
  (ctx) => {
    const seen = new Set<string>();
    for (const [at, item] of ctx.value.entries()) {
      if (seen.has(item.key)) {
        ctx.issues.push({
          code: 'custom',
          input: item.key,
          path: [at, 'key'],
          message: `a key of its own: ${what} “${item.key}” is there twice`,
        });
      }
      seen.add(item.key);
    }
  };

const dimension = strict({
  // Colours are kept by this key in plain objects, which all have a property of that name.
  key: key('a dimension').refine((name) => name !== 'constructor', {
    error: 'another key of a dimension than “constructor”',
  }),
  name: line('the name of the dimension', RUBRIC_LIMITS.name),
  criteria: z
    .array(criterion, { error: 'a list of criteria' })
    .min(1, { error: 'at least one criterion' })
    .max(RUBRIC_LIMITS.criteria, { error: `at most ${RUBRIC_LIMITS.criteria} criteria` })
    .check(unique('the criterion')),
});

/** A rubric as it stands in a YAML file. Messages say what was expected. */
export const rubricSchema = strict({
  key: key('the rubric'),
  name: line('the name of the rubric', RUBRIC_LIMITS.name),
  scores: choice(SCORED).default('seat'),
  dimensions: z
    .array(dimension, { error: 'a list of dimensions' })
    .min(1, { error: 'at least one dimension' })
    .max(RUBRIC_LIMITS.dimensions, { error: `at most ${RUBRIC_LIMITS.dimensions} dimensions` })
    .check(unique('the dimension')),
});
