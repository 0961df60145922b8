import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { COLOURS, medianColour } from '../../../src/domain/rubric/colour.ts';
import { compareRubrics } from '../../../src/domain/rubric/compare.ts';
import { decodeMarks, encodeMarks, marksOf, pathsOf } from '../../../src/domain/rubric/marks.ts';
import { mediansOf, panelOf } from '../../../src/domain/rubric/panel.ts';
import { type Answers, askedPaths, readinessOf } from '../../../src/domain/rubric/readiness.ts';
import type { Rubric } from '../../../src/domain/rubric/rubric.ts';
import { type Given, figuresOf, standingOf, trendOf } from '../../../src/domain/rubric/standing.ts';
import { DAY } from '../../../src/clock.ts';
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
  const PATHS = ['data.source', 'data.owner', 'change.trained'];

  test('the median of an even number is the worse one', () => {
    expect(medianColour(['green', 'red'])).toBe('red');
    expect(medianColour(['green', 'yellow', 'red'])).toBe('yellow');
    expect(medianColour([])).toBeUndefined();
  });

  test('what they see differently is named, the widest first', () => {
    const panel = panelOf(PATHS, [
      ['green', 'red', 'green'],
      ['yellow', 'green', 'green'],
      ['green', 'green', 'green'],
    ]);
    expect(panel.discuss.map((c) => [c.path, c.width])).toEqual([
      ['data.owner', 2],
      ['data.source', 1],
    ]);
    expect(panel.spreads.map((s) => s.median)).toEqual(['green', 'green', 'green']);
    expect(panel.agreement).toBeLessThan(0.5);
  });

  test('one who finds that it does not apply is outvoted, and it is talked about', () => {
    const one = panelOf(PATHS, [
      ['none', 'green', 'green'],
      ['yellow', 'green', 'green'],
      ['yellow', 'green', 'green'],
    ]);
    expect(one.spreads[0]!.median).toBe('yellow');
    expect(one.discuss.map((c) => c.path)).toEqual(['data.source']);
    const two = panelOf(PATHS, [
      ['none', 'green', 'green'],
      ['none', 'green', 'green'],
      ['yellow', 'green', 'green'],
    ]);
    expect(two.spreads[0]!.median).toBe('none');
  });

  test('who agree about everything have no coefficient, and nothing to talk about', () => {
    const same = ['green', 'green', 'green'] as const;
    expect(panelOf(PATHS, [same, same])).toMatchObject({ agreement: undefined, discuss: [] });
    expect(panelOf(PATHS, [])).toMatchObject({ reviewers: 0, agreement: undefined, discuss: [] });
  });
});

describe('where a seat stands', () => {
  const rubricOf = (versioned: string) => (versioned.startsWith('small@') ? RUBRIC : undefined);
  const score = (reviewer: string, day: number, colours: string, more: Partial<Given> = {}): Given => ({
    reviewer,
    at: day * DAY,
    rubric: 'small@1',
    kind: 'full',
    colours,
    ...more,
  });

  test('everybody’s newest score counts, once', () => {
    const standing = standingOf(
      [score('ana', 9, 'GG-G'), score('bo', 8, 'GR-Y'), score('ana', 1, 'RR-R')],
      rubricOf,
    );
    expect(standing).toMatchObject({ reviewers: ['ana', 'bo'], letters: 'R Y', percent: 50, at: 9 * DAY });
  });

  test('quick and full, versions, and what is long ago are not mixed', () => {
    const all = [
      score('ana', 50, 'GG-G'),
      score('bo', 49, 'RR', { kind: 'quick' }),
      score('cem', 48, 'RR-R', { rubric: 'small@2' }),
      score('dana', 19, 'RR-R'),
    ];
    expect(standingOf(all, rubricOf)).toMatchObject({ reviewers: ['ana'], percent: 100 });
    expect(standingOf([], rubricOf)).toBeUndefined();
    expect(standingOf([score('ana', 1, 'G', { rubric: 'lost@1' })], rubricOf)).toBeUndefined();
  });

  test('it rises and falls only against the same kind and version', () => {
    const low = standingOf([score('ana', 1, 'RR-R')], rubricOf)!;
    const high = standingOf([score('ana', 2, 'GG-G')], rubricOf)!;
    const quick = standingOf([score('ana', 3, 'GG', { kind: 'quick' })], rubricOf)!;
    expect([trendOf(low, high), trendOf(high, low), trendOf(low, low), trendOf(low, quick)]).toEqual([
      'rose',
      'fell',
      'same',
      'other',
    ]);
    expect(trendOf(undefined, low)).toBeUndefined();
  });

  test('marks are kept letter by letter', () => {
    const any = rubrics.chain((rubric) => fc.tuple(fc.constant(rubric), fc.constantFrom(...RISK_TIERS)));
    fc.assert(
      fc.property(
        any,
        fc.infiniteStream(fc.constantFrom(...COLOURS, 'none' as const)),
        ([rubric, risk], stream) => {
          const answers = Object.fromEntries(
            askedPaths(rubric, risk).map((path) => [path, { mark: stream.next().value }]),
          );
          const kept = decodeMarks(encodeMarks(marksOf(rubric, risk, answers)));
          const back = Object.fromEntries(
            pathsOf(rubric, 'full').map((path, i) => [path, { mark: kept[i]! }]),
          );
          expect(readinessOf(rubric, risk, back)).toEqual(readinessOf(rubric, risk, answers));
        },
      ),
    );
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

describe('many seats at once', () => {
  const MARKS = ['green', 'yellow', 'red', 'none'] as const;

  test('the medians alone are those of the panel', () => {
    const mark = fc.constantFrom(...MARKS);
    const panels = fc.array(fc.array(mark, { minLength: 6, maxLength: 6 }), { minLength: 1, maxLength: 9 });
    fc.assert(
      fc.property(panels, (scores) => {
        const { spreads } = panelOf(['a', 'b', 'c', 'd', 'e', 'f'], scores);
        expect(mediansOf(6, scores)).toEqual(spreads.map((spread) => spread.median));
      }),
    );
  });

  test('the figures alone are those of the standing', () => {
    const kind = fc.constantFrom('quick' as const, 'full' as const);
    const given = fc.record({
      reviewer: fc.constantFrom('ana', 'bo', 'cem'),
      days: fc.nat(60),
      kind,
      marks: fc.array(fc.constantFrom(...MARKS), { minLength: 4, maxLength: 4 }),
    });
    fc.assert(
      fc.property(fc.array(given, { maxLength: 8 }), (all) => {
        const scores = all
          .map(({ days, marks: said, ...score }): Given => {
            const count = pathsOf(RUBRIC, score.kind).length;
            return {
              ...score,
              at: -days * DAY,
              rubric: 'small@1',
              colours: encodeMarks(said.slice(0, count)),
            };
          })
          .toSorted((a, b) => b.at - a.at);
        const standing = standingOf(scores, () => RUBRIC);
        const { panel: _panel, ...figures } = standing ?? { panel: undefined };
        expect(figuresOf(scores, () => RUBRIC) ?? {}).toEqual(figures);
      }),
    );
  });
});
