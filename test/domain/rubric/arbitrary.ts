import fc from 'fast-check';
import { RUBRIC_LIMITS, type Rubric, SCORED } from '../../../src/domain/rubric/rubric.ts';
import { RISK_TIERS } from '../../../src/domain/seat.ts';

const key = fc.stringMatching(/^[a-z0-9](?:[a-z0-9-]{0,28}[a-z0-9])?$/);

const HOSTILE = [
  '<!channel> & <@U1>',
  '*bold* _it_ `code`',
  '=1+1',
  'x'.repeat(80),
  '\u202eabc',
  '# - : |',
  'null',
];
const line = (most: number) =>
  fc
    .oneof(fc.string({ minLength: 1, maxLength: most, unit: 'grapheme' }), fc.constantFrom(...HOSTILE))
    .map((text) => text.slice(0, most).toWellFormed().trim())
    .filter((text) => text !== '');

const text = line(RUBRIC_LIMITS.text);

const criterion = fc.record({
  key,
  name: line(RUBRIC_LIMITS.name),
  red: text,
  yellow: text,
  green: text,
  evidence: text,
  from: fc.constantFrom(...RISK_TIERS),
});

const byKey = { selector: (item: { key: string }) => item.key } as const;

const dimension = fc.record({
  key,
  name: line(RUBRIC_LIMITS.name),
  criteria: fc.uniqueArray(criterion, { minLength: 1, maxLength: RUBRIC_LIMITS.criteria, ...byKey }),
});

/** Any rubric within the schema. */
export const rubrics: fc.Arbitrary<Rubric> = fc.record({
  key,
  name: line(RUBRIC_LIMITS.name),
  scores: fc.constantFrom(...SCORED),
  dimensions: fc.uniqueArray(dimension, { minLength: 1, maxLength: RUBRIC_LIMITS.dimensions, ...byKey }),
});
