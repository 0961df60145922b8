import { expect, test } from 'vitest';
import { createRecent } from '../../src/platforms/teams/recent.ts';

test('the same key is worked on once, also while it is still running', async () => {
  let runs = 0;
  const recent = createRecent<number>(10);
  const work = () => Promise.resolve(++runs);
  expect(await Promise.all([recent.once('a', work), recent.once('a', work)])).toEqual([1, 1]);
  expect(await recent.once('b', work)).toBe(2);
});

test('what failed may come again', async () => {
  const recent = createRecent<string>(10);
  await expect(recent.once('a', () => Promise.reject(new Error('no')))).rejects.toThrow('no');
  expect(await recent.once('a', () => Promise.resolve('yes'))).toBe('yes');
});

test('the last ones are remembered, and the others are let go', async () => {
  let runs = 0;
  const recent = createRecent<number>(2);
  const work = () => Promise.resolve(++runs);
  for (const key of ['a', 'b', 'c', 'd', 'e']) await recent.once(key, work);
  expect([await recent.once('e', work), await recent.once('d', work)]).toEqual([5, 4]);
  expect(await recent.once('a', work)).toBe(6);
});
