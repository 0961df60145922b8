import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { DAY, HOUR, MINUTE } from '../../src/clock.ts';
import { type Policy, type Step, targetsOf } from '../../src/domain/escalation.ts';
import { type Somebody, answererFor, standIn } from '../../src/domain/escalation-answer.ts';
import { stillAsked } from '../../src/domain/escalation-asked.ts';
import { type Situation, advance, planOf } from '../../src/domain/escalation-step.ts';
import { MOST_REMINDERS, nextWatch, solveUntil } from '../../src/domain/escalation-watch.ts';
import { OFFICE_HOURS } from '../../src/domain/working-time.ts';
import { MONDAY } from '../support/app.ts';

const BERLIN = { ...OFFICE_HOURS, zone: 'Europe/Berlin' };
const NEW_YORK = { ...OFFICE_HOURS, zone: 'America/New_York' };

const person = (id: string, more: Partial<Somebody> = {}): Somebody => ({
  id,
  active: true,
  awayUntil: null,
  delegate: null,
  hours: BERLIN,
  country: null,
  mergedInto: null,
  ...more,
});
const away = (id: string, delegate: string | null) => person(id, { awayUntil: MONDAY + DAY, delegate });

const crewOf = (people: readonly Somebody[], lost: readonly string[] = []) => ({
  now: MONDAY,
  find: (id: string) => people.find((p) => p.id === id),
  lost: new Set(lost),
  holidays: () => undefined,
});

describe('who is away', () => {
  const three = [away('a', 'b'), away('b', 'c'), away('c', 'd')];

  test('is answered for by the delegate of the delegate of the delegate, and nobody further', () => {
    expect(standIn(crewOf([...three, person('d')]), 'a')).toMatchObject({ person: 'd' });
    expect(standIn(crewOf([...three, away('d', 'e'), person('e')]), 'a')).toEqual({
      gone: 'away',
      person: 'a',
    });
  });

  test('and stands in for themselves in a circle, is away', () => {
    expect(standIn(crewOf([away('a', 'b'), away('b', 'a')]), 'a')).toEqual({ gone: 'away', person: 'a' });
  });

  test('is back at the very instant that was said', () => {
    const back = person('a', { awayUntil: MONDAY, delegate: 'b' });
    expect(standIn(crewOf([back, person('b')]), 'a')).toMatchObject({ person: 'a' });
  });

  test('a delegate who left, or cannot be reached, answers for nobody', () => {
    const owner = away('a', 'b');
    expect(standIn(crewOf([owner, person('b', { active: false })]), 'a')).toMatchObject({ gone: 'away' });
    expect(standIn(crewOf([owner, person('b')], ['b']), 'a')).toEqual({ gone: 'unreachable', person: 'b' });
  });
});

const roles: Step = { roles: ['accountable', 'platform'], wait: 4 * HOUR };
const situation = (policy: Policy, more: Partial<Situation> = {}): Situation => ({
  policy,
  step: 0,
  repeats: 0,
  now: MONDAY,
  answerer: (target) => ({ person: target, calendar: BERLIN }),
  asked: new Map(),
  answered: new Set(),
  causedBy: undefined,
  office: BERLIN,
  ...more,
});

test('a policy that was kept before there was more to say still runs', () => {
  const kept = JSON.parse(
    '{"steps":[{"roles":["accountable"],"wait":14400000}],"workingHours":true,"repeat":{"every":28800000,"slowAfter":144000000,"slowEvery":144000000}}',
  );
  const [first, last] = planOf(situation(kept));
  expect(first!.did).toMatchObject({
    pings: [{ person: 'accountable' }],
    step: 1,
    repeats: 0,
    nextAt: MONDAY + 4 * HOUR,
  });
  expect(last!.did).toMatchObject({ toGovernance: true, nextAt: MONDAY + DAY + 4 * HOUR });
});

describe('a step that is asked three times', () => {
  const policy: Policy = {
    steps: [
      { ...roles, times: 3 },
      { roles: ['operations'], wait: HOUR },
    ],
    workingHours: false,
  };

  test('asks the same people again, and then the next', () => {
    const story = planOf(situation(policy));
    expect(story.map(({ at, did }) => [(at - MONDAY) / HOUR, did.pings.map((p) => p.person)])).toEqual([
      [0, ['accountable', 'platform']],
      [4, ['accountable', 'platform']],
      [8, ['accountable', 'platform']],
      [12, ['operations']],
      [13, []],
    ]);
  });

  test('but not who has answered', () => {
    const did = advance(
      situation(policy, {
        repeats: 1,
        asked: new Map([
          ['accountable', 0],
          ['platform', 0],
        ]),
        answered: new Set(['platform']),
      }),
    );
    expect(did.pings.map((p) => p.person)).toEqual(['accountable']);
  });
});

describe('nobody on duty', () => {
  const policy: Policy = { steps: [roles], workingHours: true };
  const night = MONDAY + 12 * HOUR;

  test('is said, with the first who will be', () => {
    const did = advance(situation(policy, { now: night }));
    expect(did.heldUntil).toBe(MONDAY + DAY);
  });

  test('is not so while one of them works', () => {
    const answerer: Situation['answerer'] = (target) => ({
      person: target,
      calendar: target === 'platform' ? NEW_YORK : BERLIN,
    });
    // 21:00 in Berlin is 15:00 in New York.
    expect(advance(situation(policy, { now: night, answerer })).heldUntil).toBeUndefined();
  });

  test('is no matter day and night', () => {
    expect(advance(situation({ ...policy, workingHours: false }, { now: night })).heldUntil).toBeUndefined();
  });
});

test('a step may name people and channels', () => {
  const policy: Policy = {
    steps: [{ roles: [], people: ['p1'], channels: ['c1'], wait: HOUR }],
    workingHours: false,
  };
  const answerer = answererFor(crewOf([person('p1')]), [], null);
  expect(advance(situation(policy, { answerer })).pings).toMatchObject([
    { target: 'person:p1', person: 'p1' },
    { target: 'channel:c1', person: null },
  ]);
});

test('all have to answer: those who have not are still asked', () => {
  const policy: Policy = { steps: [{ ...roles, all: true }], workingHours: false };
  const ping = (id: string, answeredAt: number | null, outcome: 'pinged' | 'unreachable' = 'pinged') => ({
    person: id,
    step: 0,
    outcome,
    answeredAt,
  });
  const at = { policy, step: 1, repeats: 0 };
  expect(stillAsked(at, [ping('a', 1), ping('b', null)])).toEqual(['b']);
  expect(stillAsked(at, [ping('a', 1), ping('b', null, 'unreachable')])).toEqual([]);
  expect(stillAsked({ ...at, policy: { ...policy, steps: [roles] } }, [ping('a', null)])).toEqual([]);
  expect(stillAsked({ ...at, repeats: 1 }, [ping('a', null)])).toEqual([]);
});

describe('who has an issue', () => {
  const WEEK = 7 * DAY;
  const watch = { now: MONDAY, calendar: BERLIN, since: MONDAY, reminders: 0 };
  /** The times of all that is due, the end of the time to solve last. */
  const due = (until: number, now = MONDAY) => {
    const times = [nextWatch({ ...watch, until, now })!];
    while (times.at(-1)! < until)
      times.push(nextWatch({ ...watch, until, now: times.at(-1)!, reminders: times.length })!);
    return times;
  };

  test('is reminded at half of the time to solve and a working day before its end', () => {
    const half = MONDAY + WEEK;
    // Ten working days, with a working day on the Friday before the last Monday.
    expect(due(MONDAY + 2 * WEEK)).toEqual([half, MONDAY + WEEK + 4 * DAY, MONDAY + 2 * WEEK]);
    expect(due(MONDAY + 2 * WEEK, half)).toEqual([MONDAY + WEEK + 4 * DAY, MONDAY + 2 * WEEK]);
  });

  test('is reminded once where the two would come within a working day', () => {
    expect(due(MONDAY + 2 * DAY)).toEqual([MONDAY + DAY, MONDAY + 2 * DAY]);
    expect(due(MONDAY + 4 * HOUR)).toEqual([MONDAY + 2 * HOUR, MONDAY + 4 * HOUR]);
  });

  test('is reminded of nothing that is past, outside of working hours, or without an end', () => {
    expect(due(MONDAY + 2 * DAY, MONDAY + DAY)).toEqual([MONDAY + 2 * DAY]);
    const night = MONDAY + 12 * HOUR;
    expect(nextWatch({ ...watch, now: night, since: night, until: night + 4 * HOUR })).toBe(night + 4 * HOUR);
    expect(nextWatch({ ...watch, until: null })).toBeNull();
  });

  test('is not reminded a third time, whatever becomes of their hours', () => {
    const until = MONDAY + 2 * WEEK;
    expect(nextWatch({ ...watch, reminders: MOST_REMINDERS, until })).toBe(until);
  });

  test('has the time of the severity anew when the promise was broken before', () => {
    const issue = { severity: 1 as const, solveBy: MONDAY };
    expect(solveUntil(issue, MONDAY - 1, BERLIN)).toBe(MONDAY);
    expect(solveUntil(issue, MONDAY + HOUR, BERLIN)).toBe(MONDAY + 5 * HOUR);
  });
});

const anyStep = fc.record({
  roles: fc.uniqueArray(fc.constantFrom('accountable', 'platform', 'operations', 'stop-ship'), {
    minLength: 1,
  }),
  wait: fc.integer({ min: 1, max: 3 * 24 * 60 }).map((n) => n * MINUTE),
  all: fc.boolean(),
  times: fc.integer({ min: 1, max: 4 }),
}) as fc.Arbitrary<Step>;
const anyPolicy: fc.Arbitrary<Policy> = fc.record({
  steps: fc.array(anyStep, { minLength: 1, maxLength: 5 }),
  workingHours: fc.boolean(),
});

test('whatever the policy: it ends, always knows what comes next, and asks nobody twice for one asking', () => {
  const crew = fc.dictionary(
    fc.constantFrom('accountable', 'platform', 'operations', 'stop-ship'),
    fc.constantFrom('ana', 'bo', 'cem'),
  );
  const instant = fc.integer({ min: MONDAY, max: MONDAY + 14 * DAY });
  fc.assert(
    fc.property(anyPolicy, crew, instant, (policy, team, now) => {
      const answerer: Situation['answerer'] = (target) => {
        const id = team[target];
        return id === undefined ? { gone: 'vacant' } : { person: id, calendar: BERLIN };
      };
      const story = planOf(situation(policy, { now, answerer }));
      const asked = new Map<string, number>();
      for (const { at, did } of story) {
        if (!did.toGovernance) expect(did.nextAt).toBeGreaterThan(at);
        for (const { person: who, target } of did.pings) {
          expect(targetsOf(policy.steps[did.at]!)).toContain(target);
          const key = `${did.at} ${who}`;
          asked.set(key, (asked.get(key) ?? 0) + 1);
        }
      }
      for (const [key, times] of asked)
        expect(times).toBeLessThanOrEqual(policy.steps[Number(key.split(' ')[0])]!.times ?? 1);
      // Nobody belongs to two steps of one round.
      const steps = Map.groupBy(asked.keys(), (key) => key.split(' ')[1]);
      for (const mine of steps.values()) expect(mine).toHaveLength(1);
      expect(story.at(-1)!.did.toGovernance).toBe(true);
    }),
  );
});
