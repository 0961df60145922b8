import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { boundsOf } from '../../src/domain/drift/bounds.ts';
import { decimalsApart, decimalsOf } from '../../src/domain/drift/precision.ts';
import { sentenceOf } from '../../src/domain/drift/sentence.ts';
import { COOLDOWN, type Said, type Watched, watch } from '../../src/domain/drift/watch.ts';
import type { Target } from '../../src/domain/metric.ts';

const NINETY: Target = { direction: 'higher', target: 90, targetHigh: null, tolerance: 5 };

/** One period each: a value, or null where none came in time. */
const past = (values: readonly (number | null)[], target: Target | null = NINETY): Watched[] =>
  values.map((value, i) => ({ period: `P${i}`, value, missing: value === null, target }));

const kinds = (history: readonly Watched[], options = {}): string[] =>
  watch(history, options).seen.map(({ kind, at }) => `${kind} ${at}`);

const METRIC = { name: 'Acceptance', unit: '%', cadence: 'weekly', source: 'chat' } as const;

/** Noise of a normal distribution, the same in every run. */
function noise(n: number): number[] {
  let state = 20261116;
  const next = () => {
    state = (state * 1664525 + 1013904223) % 2 ** 32;
    return (state + 0.5) / 2 ** 32;
  };
  return Array.from({ length: n }, () => Math.sqrt(-2 * Math.log(next())) * Math.cos(2 * Math.PI * next()));
}

/** In control around 93, then far lower from reading 30 on. */
const SHIFT = 30;
const shifted = past(
  noise(44).map((part, i) => 93 + part - (i >= SHIFT ? 5 : 0)),
  null,
);

describe('numbers in sentences', () => {
  test('averages and limits are as precise as the readings, and never read like what they are compared with', () => {
    const tenths = shifted.map((one) => ({ ...one, value: Math.round(one.value! * 10) / 10 }));
    const said = watch(tenths).seen.filter(({ statistics }) => statistics !== null);
    expect(said.length).toBeGreaterThan(0);
    for (const one of said) expect(sentenceOf(one, tenths, METRIC)).not.toMatch(/\d\.\d{2}/);
    expect([
      decimalsOf([79.4, null, 91]),
      decimalsOf([3, 4]),
      decimalsOf([1.25]),
      decimalsOf([1e-9]),
    ]).toEqual([1, 1, 2, 4]);
    expect([decimalsApart(89.4, 89.42, 1), decimalsApart(3, 5, 1)]).toEqual([2, 1]);
  });
});

describe('what stands in the newest periods', () => {
  test('every red reading; yellows at the third in a row, once in a run, across a gap', () => {
    expect(kinds(past([95, 80, 95, 79]))).toEqual(['red 1', 'red 3']);
    expect(kinds(past([88, 87, null, 86, 88, 87, 95, 88, 88]))).toEqual(['yellows 3']);
    expect(kinds(past([88, 87, 86, 95, 87, 87, 87]))).toEqual(['yellows 2', 'yellows 6']);
  });

  test('each period is judged by the target of its time', () => {
    const history = past([70, 70, 70]).map((one, i) =>
      i === 2 ? one : { ...one, target: { ...NINETY, target: 60 } },
    );
    expect(kinds(history)).toEqual(['red 2']);
  });

  test('two missing periods, once in a run; of a machine it is silence', () => {
    expect(kinds(past([95, null, 95, null, null, null, 95, null, null]))).toEqual(['missing 4', 'missing 8']);
    expect(kinds(past([95, null, null]), { machine: true })).toEqual(['silent 2']);
    const awaited: Watched = { period: 'P3', value: null, missing: false, target: NINETY };
    expect(kinds([...past([95, 95, null]), awaited])).toEqual([]);
  });

  test('a lasting change is a signal without any target, and says since when and against what', () => {
    const first = watch(shifted).seen.find(({ at }) => at >= SHIFT);
    expect(first).toMatchObject({ direction: 'down' });
    expect(first!.at).toBeLessThan(SHIFT + 4);
    const sentence = sentenceOf(first!, shifted, METRIC);
    expect(sentence).toMatch(
      /^Acceptance (?:has been lower since P(?:29|3\d)|was \d\d\.?\d* % in P3\d, below)/,
    );
    expect(sentence).toMatch(/\(baseline of 26 readings, P0 to P25\)/);
    expect(sentence).toMatch(
      /Of 100 numbers that do not change, about \d+ show something like this a year by chance\./,
    );
  });

  test('what was said before holds back the same kind and direction for a while, and as long as its issue is open', () => {
    const first = watch(shifted).seen.find(({ at }) => at >= SHIFT)!;
    const before = (ago: number, open: boolean): Said[] => [
      { kind: first.kind, direction: 'down', period: `P${first.at - ago}`, open },
    ];
    const again = (said: Said[]) =>
      watch(shifted, { said, from: first.at }).seen.some(
        ({ at, kind }) => at === first.at && kind === first.kind,
      );
    expect(again([])).toBe(true);
    expect(again(before(COOLDOWN, false))).toBe(true);
    expect(again(before(COOLDOWN - 1, false))).toBe(false);
    expect(again(before(COOLDOWN + 4, true))).toBe(false);
    expect(again([{ ...before(1, true)[0]!, direction: 'up' }])).toBe(true);
  });

  test('a red sentence tells how often that came before', () => {
    const history = past([95, 80, 95, 79]);
    const [, last] = watch(history).seen;
    expect(sentenceOf(last!, history, METRIC)).toBe(
      'Acceptance was 79 % in P3; the target is ≥ 90 %, tolerance 5 %. Of 3 readings before, 1 was red.',
    );
  });
});

test('what a number can be at all is told by what it was', () => {
  expect(boundsOf('%', [95, null, 100])).toEqual({ bounds: { low: 0, high: 100 } });
  expect(boundsOf('%', [95, 130])).toEqual({ bounds: { low: 0 } });
  expect(boundsOf('ms', [0, 800])).toEqual({ bounds: { low: 0 } });
  expect(boundsOf('points', [-3, 8])).toEqual({});
  expect(boundsOf('%', [null])).toEqual({});
});

const anyPast = fc
  .array(fc.option(fc.double({ min: 60, max: 110, noNaN: true }), { nil: null, freq: 6 }), { maxLength: 70 })
  .map((values) => past(values));

describe('whatever the numbers are', () => {
  test('judging from a period on says what judging all of it says there, but for what was held back', () => {
    fc.assert(
      fc.property(anyPast, fc.nat(70), (history, from) => {
        const whole = watch(history).seen;
        const said = whole
          .filter(({ at }) => at < from)
          .map(({ kind, at, direction }) => ({ kind, direction, period: `P${at}`, open: false }));
        expect(watch(history, { from, said }).seen).toEqual(whole.filter(({ at }) => at >= from));
      }),
    );
  });

  test('what comes later does not change what was said of red, yellow and missing numbers', () => {
    fc.assert(
      fc.property(anyPast, fc.nat(70), (history, end) => {
        const certain = (periods: readonly Watched[]) =>
          kinds(periods).filter(
            (kind) => !/^(?:limits|shift)/.test(kind) && Number(kind.split(' ')[1]) < end,
          );
        expect(certain(history.slice(0, end))).toEqual(certain(history));
      }),
    );
  });

  test('no statistical signal repeats within its cooldown, no run of yellows or gap is told twice', () => {
    fc.assert(
      fc.property(anyPast, (history) => {
        const { seen } = watch(history);
        for (const [i, one] of seen.entries()) {
          const before = seen
            .slice(0, i)
            .filter(({ kind, direction }) => kind === one.kind && direction === one.direction);
          if (one.kind === 'limits' || one.kind === 'shift')
            expect(before.every(({ at }) => one.at - at >= COOLDOWN)).toBe(true);
          else if (one.kind !== 'red') expect(before.every(({ at }) => at < one.since)).toBe(true);
          expect(one.since).toBeLessThanOrEqual(one.at);
          expect(sentenceOf(one, history, METRIC)).not.toMatch(/undefined|NaN|null/);
        }
      }),
    );
  });

  test('green numbers that never miss are told of by statistics only, and said again as signals not at all', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: 90, max: 99, noNaN: true }), { maxLength: 60 }), (values) => {
        const history = past(values);
        const { seen } = watch(history);
        expect(seen.every(({ kind }) => kind === 'limits' || kind === 'shift')).toBe(true);
        const said = seen.map(({ kind, at, direction }) => ({
          kind,
          direction,
          period: `P${at}`,
          open: true,
        }));
        expect(watch(history, { said }).seen).toEqual([]);
      }),
    );
  });
});
