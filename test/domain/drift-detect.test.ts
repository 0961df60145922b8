import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { KIND_NAMES, chance, seriesOf } from '../../bench/drift-data.ts';
import { LENGTHS, MARKS } from '../../bench/drift-measure.ts';
import { detect } from '../../src/domain/index.ts';
import { BUDGETS, type Detection, FEWEST, FROZEN, SENSITIVITIES } from '../../src/domain/drift/types.ts';

/** Readings around 50 with standard deviation 2; from `from` on they lie `by` standard deviations higher. */
function weeks(length: number, { seed = 7, by = 0, from = length } = {}): number[] {
  const { normal } = chance(seed);
  return Array.from({ length }, (_, i) => 50 + 2 * (normal() + (i >= from ? by : 0)));
}

const signalsOf = (detection: Detection) => ('signals' in detection ? detection.signals : []);
const seen = (detection: Detection) =>
  signalsOf(detection).map(({ kind, at, since, direction }) => ({ kind, at, since, direction }));

/** Series of whole numbers, so that scaling them is exact. */
const whole = fc.array(fc.integer({ min: 0, max: 60 }), { minLength: 0, maxLength: 70 });
const gappy = fc.array(fc.option(fc.integer({ min: 0, max: 60 }), { nil: null, freq: 5 }), { maxLength: 70 });

describe('what a series must have', () => {
  test('fewer than 8 readings are too few, whatever they are', () => {
    fc.assert(
      fc.property(fc.array(fc.double(), { maxLength: FEWEST - 1 }), (series) => {
        expect(detect(series).state).toBe('too few');
      }),
    );
    expect(detect([1, null, 3])).toEqual({
      state: 'too few',
      n: 2,
      reason: '2 readings so far: statistics begin with 8.',
    });
    expect(detect([])).toMatchObject({ n: 0, reason: 'No readings so far: statistics begin with 8.' });
  });

  test('nothing is said of the first 8 readings', () => {
    fc.assert(
      fc.property(gappy, (series) => {
        const came = series.flatMap((value, at) => (value === null ? [] : [at]));
        for (const { at } of signalsOf(detect(series, { sensitivity: 'sensitive' }))) {
          expect(came.indexOf(at)).toBeGreaterThanOrEqual(FEWEST);
        }
      }),
    );
  });

  test('provisional until 26 readings came, frozen from then on', () => {
    expect(detect(weeks(FROZEN - 1)).state).toBe('provisional');
    const frozen = detect(weeks(FROZEN));
    expect(frozen.state).toBe('frozen');
    const later = detect(weeks(60));
    expect('baseline' in later && later.baseline).toEqual('baseline' in frozen && frozen.baseline);
    expect('baseline' in later && later.baseline).toMatchObject({ from: 0, to: 25, n: 26, state: 'frozen' });
  });
});

describe('what cannot be judged', () => {
  test('a constant series', () => {
    expect(detect(Array(20).fill(100))).toMatchObject({
      state: 'cannot judge',
      n: 20,
      reason: 'All 20 readings are 100: without any variation there is nothing to judge a change by.',
    });
  });

  test('a series that nearly never changes', () => {
    expect(detect([...Array(22).fill(0), 1, 0, 0, 2])).toMatchObject({
      state: 'cannot judge',
      reason: '24 of 26 readings are 0: too few differ to judge a change by.',
    });
  });

  test('a series that only creeps', () => {
    const detection = detect(Array.from({ length: 26 }, (_, i) => i * i));
    expect(detection.state).toBe('cannot judge');
    expect('reason' in detection && detection.reason).toMatch(
      /^Each reading lies so close to the one before/,
    );
  });

  test('but a constant past is no excuse once the readings have changed', () => {
    const series = [...Array(26).fill(0), 5, 7, 6, 8, 5, 9, 6, 7, 8, 6];
    expect(seen(detect(series))[0]).toMatchObject({ kind: 'shift', since: 26, direction: 'up' });
  });
});

describe('what is seen', () => {
  test.each([13, 26, 52, 80, 120])(
    'a lasting shift after %i readings, with when it began and its new level',
    (n) => {
      const series = weeks(n + 8, { by: 4, from: n });
      const signal = signalsOf(detect(series))[0];
      expect(signal).toMatchObject({ kind: 'shift', direction: 'up', since: n });
      expect(signal?.at).toBeLessThan(n + 8);
      expect(signal?.level).toBeCloseTo(58, -0.7);
      expect(signal?.chance).toBeLessThan(0.2);
      expect(signal?.baseline.n).toBe(Math.min(n + ((signal?.at ?? 0) - n), FROZEN));
    },
  );

  test('a slow drift, although every step of it is small', () => {
    const series = weeks(80).map((value, i) => value - (i > 26 ? 0.16 * (i - 26) : 0));
    expect(seen(detect(series))[0]).toMatchObject({ kind: 'shift', direction: 'down' });
  });

  test('one reading far outside of everything', () => {
    const series = weeks(40);
    series[35] = 5;
    expect(seen(detect(series))).toEqual([{ kind: 'limits', at: 35, since: 35, direction: 'down' }]);
    const signal = signalsOf(detect(series))[0];
    expect(signal?.level).toBe(5);
    expect(signal?.baseline.lower).toBeGreaterThan(5);
  });

  test('a lasting shift is not said again with every reading', () => {
    const said = seen(detect(weeks(66, { by: 4, from: 40 })));
    expect(said.length).toBeGreaterThan(0);
    said.slice(1).forEach(({ at }, i) => expect(at - (said[i]?.at ?? 0)).toBeGreaterThan(2));
  });

  test('sensitive sees at least what quiet sees first', () => {
    const series = weeks(40, { by: 2, from: 28 });
    const first = SENSITIVITIES.map((sensitivity) => signalsOf(detect(series, { sensitivity }))[0]?.at ?? 99);
    expect(first).toEqual(first.toSorted((a, b) => b - a));
    expect(first.at(-1)).toBeLessThan(40);
  });
});

describe('what does not matter', () => {
  test('unit and zero of the scale', () => {
    fc.assert(
      fc.property(
        whole,
        fc.constantFrom(0.25, 8, 1024),
        fc.integer({ min: -512, max: 512 }),
        (series, times, plus) => {
          const moved = series.map((value) => value * times + plus);
          expect(seen(detect(moved))).toEqual(seen(detect(series)));
          expect(detect(moved).state).toBe(detect(series).state);
        },
      ),
    );
  });

  test('which side is up', () => {
    const turned = (direction: 'up' | 'down') => (direction === 'up' ? 'down' : 'up');
    fc.assert(
      fc.property(whole, (series) => {
        const mirrored = seen(detect(series.map((value) => -value)));
        expect(mirrored.map((one) => ({ ...one, direction: turned(one.direction) }))).toEqual(
          seen(detect(series)),
        );
      }),
    );
  });

  test('periods without a reading: they only move the indexes', () => {
    fc.assert(
      fc.property(gappy, (series) => {
        const indexes = series.flatMap((value, at) => (value === null ? [] : [at]));
        const dense = seen(detect(series.filter((value) => value !== null)));
        const placed = dense.map((one) => ({ ...one, at: indexes[one.at], since: indexes[one.since] }));
        expect(seen(detect(series))).toEqual(placed);
      }),
    );
  });

  test('what came before the baseline began', () => {
    fc.assert(
      fc.property(whole, fc.integer({ min: 0, max: 30 }), (series, baselineFrom) => {
        const blank = series.map((value, i) => (i < baselineFrom ? null : value));
        expect(detect(series, { baselineFrom })).toEqual(detect(blank, { baselineFrom }));
      }),
    );
  });

  test('what comes later: a signal is what it was when it came', () => {
    fc.assert(
      fc.property(whole, fc.integer({ min: 8, max: 70 }), (series, now) => {
        const then = detect(series.slice(0, now));
        const today = detect(series);
        fc.pre('signals' in then && 'signals' in today);
        expect(signalsOf(today).filter(({ at }) => at < now)).toEqual(signalsOf(then));
      }),
    );
  });

  test('numbers that are none, and numbers beyond measure', () => {
    const series = weeks(40);
    expect(detect([...series, Number.NaN, Number.POSITIVE_INFINITY])).toEqual(detect(series));
    fc.assert(fc.property(fc.array(fc.double(), { maxLength: 40 }), (wild) => void detect(wild)));
  });
});

test('natural limits stay within what the metric can be', () => {
  const { uniform } = chance(3);
  const shares = Array.from({ length: 30 }, () => 97 + 3 * uniform());
  const detection = detect(shares, { bounds: { low: 0, high: 100 } });
  expect('baseline' in detection && detection.baseline?.upper).toBe(100);
});

describe.each(LENGTHS)('a change by 1.5 standard deviations after %i normal readings', (n) => {
  const SERIES = 500;

  test.each(SENSITIVITIES)('is found within 8 as the plain EWMA finds it: %s', (sensitivity) => {
    let found = 0;
    for (const series of seriesOf('normal', SERIES, n + 8, 7, 1.5, n)) {
      if (signalsOf(detect(series, { sensitivity })).some(({ at }) => at >= n)) found += 1;
    }
    // Three standard errors below 0.95 of the mark only a wrong rule lies.
    const aim = 0.95 * MARKS[n][sensitivity];
    expect(found / SERIES).toBeGreaterThan(aim - 3 * Math.sqrt((aim * (1 - aim)) / SERIES));
  });
});

test.each([16, 22, 33, 40, 45, 61, 70, 95, 130])(
  'a change is found nearly as surely after %i readings, where no mark is known',
  (n) => {
    const SERIES = 400;
    const [before, after] = [
      LENGTHS.findLast((length) => length <= n)!,
      LENGTHS.find((length) => length > n) ?? 52,
    ];
    const share = before === after ? 0 : (n - before) / (after - before);
    const series = [...seriesOf('normal', SERIES, n + 8, 8, 1.5, n)];
    for (const [sensitivity, least] of [
      ['quiet', 0.82],
      ['standard', 0.9],
      ['sensitive', 0.9],
    ] as const) {
      const mark = MARKS[before][sensitivity] * (1 - share) + MARKS[after][sensitivity] * share;
      const aim = least * mark;
      const found = series.filter((s) =>
        signalsOf(detect(s, { sensitivity })).some(({ at }) => at >= n),
      ).length;
      expect(found / SERIES).toBeGreaterThan(aim - 3 * Math.sqrt((aim * (1 - aim)) / SERIES));
    }
  },
);

test.each([
  [13, 3, 0.86],
  [26, 4, 0.94],
  [60, 4, 0.94],
  [26, 6, 0.96],
  [60, 8, 0.94],
  [26, 30, 0.98],
  [60, 1000, 0.98],
])(
  'after %i readings a large change, by %i standard deviations, is found all the more surely',
  (n, by, aim) => {
    const SERIES = 300;
    const found = [...seriesOf('normal', SERIES, n + 8, 9, by, n)].filter((series) =>
      signalsOf(detect(series)).some(({ at }) => at >= n),
    );
    expect(found.length / SERIES).toBeGreaterThan(aim - 3 * Math.sqrt((aim * (1 - aim)) / SERIES));
  },
);

describe.each(KIND_NAMES)('series in control: %s', (kind) => {
  const SERIES = 250;

  test.each([13, 26])('the budget of false alarms is held after %i readings', (n) => {
    const alarms = { quiet: 0, standard: 0, sensitive: 0 };
    let refused = 0;
    for (const series of seriesOf(kind, SERIES, n + 52, 5)) {
      for (const sensitivity of SENSITIVITIES) {
        const detection = detect(series, { sensitivity });
        if (detection.state === 'cannot judge') refused += 1;
        if (signalsOf(detection).some(({ at }) => at >= n)) alarms[sensitivity] += 1;
      }
    }
    // Three standard errors of the simulation, so that only a wrong rule fails.
    for (const sensitivity of SENSITIVITIES) {
      const budget = BUDGETS[sensitivity];
      const most = budget + 3 * Math.sqrt((budget * (1 - budget)) / SERIES);
      expect(alarms[sensitivity] / SERIES).toBeLessThan(most);
    }
    expect(alarms.quiet).toBeLessThan(alarms.sensitive);
    expect(refused / SERIES / SENSITIVITIES.length).toBeLessThan(0.1);
  });
});
