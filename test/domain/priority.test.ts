import { expect, test } from 'vitest';
import { isOverdue, parseQuarter, quarterAt } from '../../src/domain/priority.ts';

test('a quarter begins at midnight of the zone', () => {
  const turn = Date.parse('2026-12-31T23:30:00Z');
  expect(quarterAt(turn, 'UTC')).toBe('2026-Q4');
  expect(quarterAt(turn, 'Europe/Berlin')).toBe('2027-Q1');
});

test('quarters as people type them', () => {
  for (const typed of ['2026-Q4', '2026q4', 'q4', 'Q4 2026', ' Q4-2026 ']) {
    expect(parseQuarter(typed, '2026-Q2')).toBe('2026-Q4');
  }
  for (const typed of ['', 'Q5', '2026', 'next', '26-Q1'])
    expect(() => parseQuarter(typed, '2026-Q2')).toThrow(/is not a quarter/);
});

test('only what is open can be overdue', () => {
  expect(isOverdue({ state: 'open', quarter: '2026-Q3' }, '2026-Q4')).toBe(true);
  expect(isOverdue({ state: 'open', quarter: '2026-Q4' }, '2026-Q4')).toBe(false);
  expect(isOverdue({ state: 'done', quarter: '2026-Q3' }, '2026-Q4')).toBe(false);
});
