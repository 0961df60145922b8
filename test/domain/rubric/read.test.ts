import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { askedPaths } from '../../../src/domain/rubric/readiness.ts';
import { rubricJsonSchema } from '../../../src/rubrics/json-schema.ts';
import { printRubric, readRubric } from '../../../src/rubrics/read.ts';
import { rubrics } from './arbitrary.ts';

const DEFAULT = readFileSync(
  join(import.meta.dirname, '../../../src/rubrics/production-readiness.yaml'),
  'utf8',
);

const KEYS = Array.from({ length: 30_000 }, (_, at) => `k${at.toString(36)}`);

test('the default rubric has four dimensions of five criteria, fewer for seats of low risk', () => {
  const rubric = readRubric(DEFAULT);
  expect(rubric.dimensions.map((d) => [d.key, d.criteria.length])).toEqual([
    ['data', 5],
    ['governance', 5],
    ['integration', 5],
    ['change', 5],
  ]);
  expect(askedPaths(rubric, 'high')).toHaveLength(20);
  expect(askedPaths(rubric, 'low')).not.toContain('integration.load');
});

test('editors get the same rules as a JSON schema', () => {
  const file = join(import.meta.dirname, '../../../src/rubrics/rubric.schema.json');
  expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual(JSON.parse(JSON.stringify(rubricJsonSchema())));
});

test('any rubric within the limits survives being printed and read', () => {
  fc.assert(
    fc.property(rubrics, (rubric) => {
      expect(readRubric(printRubric(rubric))).toEqual(rubric);
    }),
  );
});

describe('what is wrong is said with line, column and what was expected', () => {
  const lines = DEFAULT.split('\n');
  const without = (text: string) => lines.filter((line) => line.trim() !== text).join('\n');

  test.each([
    [
      'a colour without words',
      without('red: Nobody answers for the data.'),
      /Line \d+, column \d+: expected what red looks like/,
    ],
    [
      'a tier that is none',
      DEFAULT.replace('from: medium', 'from: huge'),
      /expected one of: low, medium, high/,
    ],
    ['an entry that is unknown', DEFAULT.replace('scores: seat', 'scores: seat\nweight: 3'), /“weight”/],
    [
      'a key twice',
      DEFAULT.replace('key: governance\n', 'key: data\n'),
      /the dimension “data” is there twice/,
    ],
    [
      'an entry twice',
      DEFAULT.replace('scores: seat', 'scores: seat\nscores: seat'),
      /Line \d+, column 1: expected each entry once/,
    ],
    // Half a minute in the parser's own check of keys.
    [
      'tens of thousands of entries',
      KEYS.map((key) => `${key}: 1`).join('\n'),
      /expected only these entries/,
    ],
    ['a list within lists without end', '['.repeat(200_000), /expected fewer lists or mappings/],
    [
      'broken YAML',
      DEFAULT.replace('name: Production readiness', 'name: "Production'),
      /Line \d+, column \d+: .+\(YAML\)/,
    ],
    ['no mapping at all', '- 1\n- 2', /a mapping with the entries key, name, scores, dimensions/],
    ['nothing', '', /a mapping with the entries/],
    ['aliases', 'key: &a x\nname: *a', /aliases/],
  ])('%s', (_, text, sentence) => {
    expect(() => readRubric(text)).toThrow(sentence);
  });

  test('the line is that of the fault', () => {
    const at = lines.findIndex((line) => line.includes('from: medium'));
    const text = lines.with(at, lines[at]!.replace('medium', 'huge')).join('\n');
    expect(() => readRubric(text)).toThrow(`Line ${at + 1}, column ${lines[at]!.indexOf('medium') + 1}: `);
  });
});

test('no text whatever brings anything but a rubric or a sentence', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.json()), (text) => {
      try {
        expect(readRubric(text).dimensions.length).toBeGreaterThan(0);
      } catch (error) {
        expect(String(error)).toMatch(/rubric/);
      }
    }),
  );
});
