import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { DAY, HOUR, MINUTE } from '../../src/clock.ts';
import { type Policy, type Step, defaultPolicy } from '../../src/domain/escalation.ts';
import { ASKED_ROLES, parsePolicy, policyText } from '../../src/domain/policy-text.ts';
import { parseWait, waitText, waitWords } from '../../src/domain/policy-wait.ts';
import { CoxswainError } from '../../src/errors.ts';

const parse = (text: string) => parsePolicy(text, { workingHours: true });

function faultOf(text: string): string {
  try {
    parse(text);
  } catch (error) {
    if (error instanceof CoxswainError) return error.fields['steps'] ?? '';
    throw error;
  }
  return 'no fault';
}

const minutes = fc.integer({ min: 1, max: 60 * 24 * 60 }).map((n) => n * MINUTE);
// Anything a person or a channel may be called, but quotes: those are left out of names.
const name = fc
  .string({ unit: 'grapheme', minLength: 1, maxLength: 30 })
  .map((text) => text.replaceAll(/["\n\r\u2028\u2029]/gu, '').trim())
  .filter((text) => text !== '' && text === text.trim());
const names = fc.uniqueArray(name, { minLength: 1, maxLength: 3 });
const step: fc.Arbitrary<Step> = fc
  .record({
    roles: fc.uniqueArray(fc.constantFrom(...ASKED_ROLES), { minLength: 1, maxLength: 4 }),
    people: fc.option(names, { nil: undefined }),
    channels: fc.option(names, { nil: undefined }),
    wait: minutes,
    all: fc.boolean(),
    times: fc.integer({ min: 1, max: 10 }),
  })
  .map(({ roles, people, channels, wait, all, times }) => ({
    roles,
    wait,
    ...(people === undefined ? {} : { people }),
    ...(channels === undefined ? {} : { channels }),
    ...(all ? { all } : {}),
    ...(times > 1 ? { times } : {}),
  }));
const policy: fc.Arbitrary<Policy> = fc
  .record({
    steps: fc.array(step, { minLength: 1, maxLength: 10 }),
    workingHours: fc.boolean(),
    repeat: fc.option(
      fc
        .record({ every: minutes, slowAfter: minutes, slowEvery: minutes })
        .map((r) => ({ ...r, slowEvery: Math.max(r.every, r.slowEvery) })),
      { nil: undefined },
    ),
  })
  .map(({ repeat, ...rest }) => ({ ...rest, ...(repeat === undefined ? {} : { repeat }) }));

test('what is printed is read as the same policy', () => {
  fc.assert(
    fc.property(policy, (wanted) => {
      expect(parse(policyText(wanted))).toEqual(wanted);
    }),
  );
});

test('any text is a policy or a sentence', () => {
  const words = fc.constantFrom(
    'accountable',
    '@ana',
    ' · ',
    'wait 4h',
    '\n',
    'then',
    'every',
    'all',
    '"',
    ',',
  );
  const text = fc.array(fc.oneof(words, fc.string({ unit: 'grapheme', maxLength: 6 })), { maxLength: 30 });
  fc.assert(
    fc.property(text, (parts) => {
      expect(faultOf(parts.join(''))).toMatch(/^no fault$|[.”]$/);
    }),
  );
});

test('the defaults read like this', () => {
  expect(policyText(defaultPolicy(1)!)).toBe(
    [
      'day and night',
      'accountable, platform · wait 15m',
      'operations, stop-ship · wait 15m',
      'then governance channel · every 30m · after 1d every 1h',
    ].join('\n'),
  );
  expect(policyText(defaultPolicy(2)!)).toContain('then governance channel · every 1d · after 1w every 1w');
  expect(policyText(defaultPolicy(3)!).split('\n')).toEqual([
    'working hours',
    'number · wait 1d',
    'accountable · wait 2d',
    'platform, operations · wait 2d',
    'stop-ship · wait 2d',
    'then governance channel · once',
  ]);
});

test('people type it loosely', () => {
  expect(
    parse(
      'Accountable, @ana@example.com, #nothing ; WAIT 4 hours | all | 2 x\nTHEN the governance channel; once',
    ).steps,
  ).toHaveLength(1);
});

test('a command has one line: a slash between blanks stands between the steps', () => {
  const lines = ['day and night', 'accountable, @"a / b" · wait 4h', 'number · wait 1h', 'then once'];
  expect(parse(lines.join(' / '))).toEqual(parse(lines.join('\n')));
  expect(parse(lines.join(' / ')).steps.map((step) => step.people)).toEqual([['a / b'], undefined]);
  expect(faultOf('accountable · wait 4h / boss · wait 4h / then once')).toContain('Line 2: “boss”');
});

describe('a fault names the line and what to type', () => {
  test.each([
    ['', 'There is no step. Type one line for each, like “accountable, platform · wait 4h”.'],
    ['accountable · wait 4h', 'One line says where it ends, the last one, like'],
    ['boss · wait 4h\nthen once', 'Line 1: “boss” cannot be asked. Name an owner (accountable, business'],
    ['accountable\nthen once', 'Line 1: It does not say how long to wait, like'],
    [
      'accountable · wait long\nthen once',
      'Line 1: “long” is not a time. Type 15m, 4h, 2d or 1d4h; a working day',
    ],
    ['accountable · wait 4h · loudly\nthen once', 'Line 1: “loudly” says nothing about a step.'],
    ['accountable · wait 4h · 11 times\nthen once', 'Line 1: A step is asked 1 to 10 times, not 11.'],
    ['then once\naccountable · wait 4h', 'Line 1: The line that begins with “then” is the last one.'],
    ['accountable · wait 900d\nthen once', 'Line 1: Wait at most 60 days.'],
    [
      'accountable · wait 1h\nthen governance · every 4h · after 1d every 1h',
      'Line 2: Later it is said less often',
    ],
    ['· wait 4h\nthen once', 'Line 1: Nobody is asked. Begin with who'],
  ])('%j', (text, message) => {
    expect(faultOf(text)).toContain(message);
  });
});

test('a working day has eight hours, a day of the clock twenty-four', () => {
  expect(parseWait('1d 4h', true)).toBe(12 * HOUR);
  expect(parseWait('1d 4h', false)).toBe(DAY + 4 * HOUR);
  expect(parseWait('4h 1d', false)).toBeUndefined();
  expect(waitText(40 * HOUR, true)).toBe('1w');
  expect(waitWords(16 * HOUR, true)).toBe('2 working days');
  expect(waitWords(90 * MINUTE, true)).toBe('90 minutes of working time');
  expect(waitWords(15 * MINUTE, false)).toBe('15 minutes');
});
