import { expect, test } from 'vitest';
import { createSeen } from '../../src/platforms/slack/seen.ts';

function remembering(most: number) {
  const time = { now: 0 };
  return { time, seen: createSeen<string>(most, { wall: { now: () => time.now }, forMs: 1000 }) };
}

test('the same event is new only once, however much comes after it within its time', () => {
  const { time, seen } = remembering(1000);
  expect(seen.first('a')).toBe(true);
  for (let at = 1; at <= 900; at += 1) {
    time.now = at;
    seen.first(`other ${at}`);
  }
  expect(seen.first('a')).toBe(false);
});

test('what is long past is let go of, so that memory stays small', () => {
  const { time, seen } = remembering(1000);
  seen.first('a');
  for (const at of [1001, 2002]) {
    time.now = at;
    seen.first(`other ${at}`);
  }
  expect(seen.first('a')).toBe(true);
});

test('a flood pushes out what is oldest', () => {
  const { seen } = remembering(2);
  for (const key of ['a', 'b', 'c', 'd', 'e']) expect(seen.first(key)).toBe(true);
  expect([seen.first('d'), seen.first('a')]).toEqual([false, true]);
});
