import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { backtest } from '../../src/domain/drift/backtest.ts';
import { MOST_PASTED, readPasted, upTo, watchedOf } from '../../src/domain/drift/pasted.ts';

/** Monday, 09:00 in Berlin, in 2026-W47. */
const NOW = Date.UTC(2026, 10, 16, 8, 0);
const read = (text: string, cadence: 'daily' | 'weekly' | 'monthly' = 'weekly') =>
  readPasted(text, cadence, NOW, 'Europe/Berlin');
const pairs = (text: string, cadence?: 'daily' | 'weekly' | 'monthly') =>
  read(text, cadence).periods.map(({ period, value }) => `${period} ${value}`);

describe('past numbers as people paste them', () => {
  test('values alone are for the last complete periods, “-” where there was none', () => {
    expect(pairs('91.5\n\n-\n88\n')).toEqual(['2026-W44 91.5', '2026-W45 null', '2026-W46 88']);
    expect(pairs('\uFEFFvalue\r\n91,5\r\n88,2\r\n')).toEqual(['2026-W45 91.5', '2026-W46 88.2']);
    expect(pairs('12\n13', 'daily')).toEqual(['2026-11-14 12', '2026-11-15 13']);
  });

  test('with periods, in any order and separated in any way; what lies between and is not there is missing', () => {
    expect(pairs('period,value\n2026-W40, 91.5\n2026-W42;90\n"2026-W39"\t89')).toEqual([
      '2026-W39 89',
      '2026-W40 91.5',
      '2026-W41 null',
      '2026-W42 90',
    ]);
    expect(pairs('2026-11-03 5\n2026-11-10 6')).toEqual(['2026-W45 5', '2026-W46 6']);
    expect(pairs('2026-9 5\n2026-11 6', 'monthly')).toEqual(['2026-09 5', '2026-10 null', '2026-11 6']);
  });

  test('bad lines are told by their number, all of them', () => {
    expect(read('2026-W40 91\nabc\n2026-W41 many\n2026-W40 92\n2026-W60 1\n2027-W01 5').faults).toEqual([
      { line: 2, say: '“abc” is not a number.' },
      { line: 3, say: '“many” is not a number.' },
      { line: 4, say: 'It gives 2026-W40 again, after line 1.' },
      { line: 5, say: expect.stringContaining('“2026-W60” is not an ISO week') },
      { line: 6, say: '2027-W01 has not begun yet.' },
    ]);
    expect(read('1\n'.repeat(MOST_PASTED + 5)).faults).toEqual([
      {
        line: MOST_PASTED + 1,
        say: `These are ${MOST_PASTED + 5} numbers. Give the last ${MOST_PASTED} at most.`,
      },
    ]);
    expect(read('1900-W01 5\n2026-W01 5').faults).toEqual([
      { line: 1, say: `From 1900-W01 on these are more than ${MOST_PASTED} periods.` },
    ]);
  });

  test('whatever is pasted is either read or told about, never a fault of ours', () => {
    const line = fc.oneof(
      fc.string({ maxLength: 30 }),
      fc.double().map(String),
      fc.constant('2026-W12, 5'),
      fc.constant(''),
    );
    fc.assert(
      fc.property(fc.array(line, { maxLength: 20 }), (lines) => {
        const { periods, faults } = read(lines.join('\n'));
        const lineCount = lines.join('\n').split(/\r\n|\n|\r/).length;
        for (const { line: at } of faults) expect(at).toBeLessThanOrEqual(lineCount);
        for (const { value } of periods) expect(value === null || Number.isFinite(value)).toBe(true);
      }),
    );
  });

  test('the periods of a picture are those that were pasted', () => {
    const text = '2025-W50 1\n2026-W02 2\n2026-W03 3';
    const { periods } = read(text);
    const last = periods.at(-1)!.period;
    expect(
      upTo(
        last,
        'weekly',
        periods.map(({ value }) => value),
      ),
    ).toEqual(periods);
  });
});

describe('a backtest', () => {
  const target = { direction: 'higher', target: 90, targetHigh: null, tolerance: 5 } as const;
  const opened = (text: string) =>
    backtest(watchedOf(read(text).periods, target)).map(({ sensitivity, issues }) => [
      sensitivity,
      issues.map(({ at, severity, joined }) => `${at} severity ${severity}, ${joined.length} join`),
    ]);

  test('opens an issue where a signal finds none open, and joins what comes before two calm periods', () => {
    const all = ['4 severity 2, 1 join', '9 severity 3, 0 join'];
    expect(opened('95\n95\n95\n95\n70\n95\n71\n95\n-\n-')).toEqual([
      ['quiet', all],
      ['standard', all],
      ['sensitive', all],
    ]);
  });

  test('works without a target, by statistics alone', () => {
    const values = Array.from({ length: 45 }, (_, i) => 50 + Math.sin(i * 2.4) * 3 + (i >= 34 ? 12 : 0));
    const results = backtest(watchedOf(upTo('2026-W46', 'weekly', values), null));
    expect(results.map(({ issues }) => issues.length > 0)).toEqual([true, true, true]);
    expect(results.flatMap(({ seen }) => seen.map(({ kind }) => kind))).not.toContain('red');
  });
});
