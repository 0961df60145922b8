import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compareRubrics } from '../../../src/domain/rubric/compare.ts';
import { medianColour, panelOf } from '../../../src/domain/rubric/panel.ts';
import { type Answers, askedPaths, readinessOf } from '../../../src/domain/rubric/readiness.ts';
import type { Rubric } from '../../../src/domain/rubric/rubric.ts';
import { COLOURS } from '../../../src/domain/rubric.ts';
import { RISK_TIERS } from '../../../src/domain/seat.ts';
import { rubrics } from './arbitrary.ts';

const question = (key: string, from: 'low' | 'high' = 'low') => ({
  key,
  name: key,
  red: 'no',
  yellow: 'nearly',
  green: 'yes',
  evidence: 'a link',
  from,
});

const RUBRIC: Rubric = {
  key: 'small',
  name: 'Small',
  scores: 'seat',
  dimensions: [
    {
      key: 'data',
      name: 'Data',
      criteria: [question('source'), question('owner'), question('lineage', 'high')],
    },
    { key: 'change', name: 'Change', criteria: [question('trained')] },
  ],
};

const marks = (...[source, owner, trained]: readonly ('green' | 'yellow' | 'red' | 'none')[]): Answers => ({
  'data.source': { mark: source! },
  'data.owner': { mark: owner! },
  'change.trained': { mark: trained! },
});

describe('readiness', () => {
  test('a dimension is as good as its weakest criterion, the percentage is their mean', () => {
    const { dimensions, percent } = readinessOf(RUBRIC, 'low', marks('green', 'red', 'yellow'));
    expect(dimensions.map((d) => d.colour)).toEqual(['red', 'yellow']);
    expect(percent).toBe(50);
  });

  test('what does not apply counts neither for nor against', () => {
    const { dimensions, percent } = readinessOf(RUBRIC, 'low', marks('green', 'none', 'none'));
    expect(dimensions.map((d) => d.colour)).toEqual(['green', undefined]);
    expect(percent).toBe(100);
    expect(readinessOf(RUBRIC, 'low', marks('none', 'none', 'none')).percent).toBeUndefined();
  });

  test('a criterion is asked from its risk tier upwards', () => {
    const answers = { ...marks('green', 'green', 'green'), 'data.lineage': { mark: 'red' as const } };
    expect(readinessOf(RUBRIC, 'medium', answers).percent).toBe(100);
    expect(readinessOf(RUBRIC, 'high', answers).dimensions[0]!.colour).toBe('red');
  });

  test('a better mark never makes it worse', () => {
    const cases = rubrics.chain((rubric) =>
      fc.tuple(
        fc.constant(rubric),
        fc.constantFrom(...RISK_TIERS),
        fc.array(fc.constantFrom(...COLOURS), { minLength: 96, maxLength: 96 }),
        fc.nat(),
      ),
    );
    fc.assert(
      fc.property(cases, ([rubric, risk, colours, at]) => {
        const paths = askedPaths(rubric, risk);
        fc.pre(paths.length > 0);
        const before = Object.fromEntries(paths.map((path, i) => [path, { mark: colours[i]! }]));
        const after = { ...before, [paths[at % paths.length]!]: { mark: 'green' as const } };
        const [was, is] = [readinessOf(rubric, risk, before), readinessOf(rubric, risk, after)];
        expect(is.percent).toBeGreaterThanOrEqual(was.percent!);
        expect(is.percent).toBeLessThanOrEqual(100);
      }),
    );
  });
});

describe('several reviewers', () => {
  test('the median of an even number is the worse one', () => {
    expect(medianColour(['green', 'red'])).toBe('red');
    expect(medianColour(['green', 'yellow', 'red'])).toBe('yellow');
    expect(medianColour([])).toBeUndefined();
  });

  test('what they see differently is named, the widest first', () => {
    const panel = panelOf(RUBRIC, 'low', [
      marks('green', 'red', 'green'),
      marks('yellow', 'green', 'green'),
      marks('green', 'green', 'green'),
    ]);
    expect(panel.discuss.map((c) => [c.path, c.width])).toEqual([
      ['data.owner', 2],
      ['data.source', 1],
    ]);
    expect(panel.answers['data.owner']).toEqual({ mark: 'green' });
    expect(panel.agreement).toBeLessThan(0.5);
  });

  test('one who finds that it does not apply is outvoted, and it is talked about', () => {
    const panel = panelOf(RUBRIC, 'low', [
      marks('none', 'green', 'green'),
      marks('yellow', 'green', 'green'),
      marks('yellow', 'green', 'green'),
    ]);
    expect(panel.answers['data.source']).toEqual({ mark: 'yellow' });
    expect(panel.discuss.map((c) => c.path)).toEqual(['data.source']);
    const others = panelOf(RUBRIC, 'low', [
      marks('none', 'green', 'green'),
      marks('none', 'green', 'green'),
      marks('yellow', 'green', 'green'),
    ]);
    expect(others.answers['data.source']).toEqual({ mark: 'none' });
  });

  test('who agree about everything have no coefficient, and nothing to talk about', () => {
    const same = marks('green', 'green', 'green');
    expect(panelOf(RUBRIC, 'low', [same, same])).toMatchObject({ agreement: undefined, discuss: [] });
    expect(panelOf(RUBRIC, 'low', [])).toMatchObject({ reviewers: 0, agreement: undefined, discuss: [] });
  });
});

test('between versions only what reads the same is comparable without care', () => {
  const [data, change] = RUBRIC.dimensions;
  const [source, owner, lineage] = data!.criteria;
  const after: Rubric = {
    ...RUBRIC,
    dimensions: [{ ...data!, criteria: [source!, { ...owner!, red: 'never' }, question('new')] }, change!],
  };
  expect(compareRubrics(RUBRIC, after)).toEqual({
    same: ['data.source', 'change.trained'],
    reworded: ['data.owner'],
    added: ['data.new'],
    removed: [`data.${lineage!.key}`],
  });
  expect(compareRubrics(RUBRIC, RUBRIC)).toMatchObject({ reworded: [], added: [], removed: [] });
});
