import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { DAY, HOUR, MINUTE } from '../../src/clock.ts';
import { type Asked, type AskedRole, defaultPolicy } from '../../src/domain/escalation.ts';
import {
  type Advance,
  type Answerer,
  type Nobody,
  type Situation,
  advance,
} from '../../src/domain/escalation-step.ts';
import { OWNER_ROLES } from '../../src/domain/seat.ts';
import { OFFICE_HOURS } from '../../src/domain/working-time.ts';
import { MONDAY } from '../support/app.ts';

const hours = { ...OFFICE_HOURS, zone: 'Europe/Berlin' };
const FRIDAY_EVENING = MONDAY + 4 * DAY + 9 * HOUR;
const NEXT_MONDAY = MONDAY + 7 * DAY;

type Team = Partial<Record<AskedRole, string>>;

function situation(severity: 1 | 2 | 3, team: Team, more: Partial<Situation> = {}): Situation {
  return {
    policy: defaultPolicy(severity)!,
    step: 0,
    repeats: 0,
    now: MONDAY,
    answerer: (target: Asked) => answering(team[target as AskedRole]),
    asked: new Map(),
    answered: new Set(),
    causedBy: undefined,
    office: hours,
    ...more,
  };
}

const answering = (person: string | undefined): Answerer | Nobody =>
  person === undefined ? { gone: 'vacant' } : { person, calendar: hours };

/** Runs a chain that nobody answers, `times` advances long. */
function play(first: Situation, times: number): { at: number; did: Advance }[] {
  const story: { at: number; did: Advance }[] = [];
  const asked = new Map(first.asked);
  let { step, repeats, now } = first;
  for (let i = 0; i < times; i++) {
    const did = advance({ ...first, step, repeats, now, asked });
    story.push({ at: now, did });
    for (const { person } of did.pings) if (person !== null && !asked.has(person)) asked.set(person, did.at);
    if (did.nextAt === null) break;
    ({ step, repeats, nextAt: now } = did);
  }
  return story;
}

const people = (did: Advance) => (did.toGovernance ? ['governance'] : did.pings.map((p) => p.person));

const TEAM: Team = { accountable: 'ana', platform: 'bo', operations: 'cem', 'stop-ship': 'dana' };

describe('the default policy', () => {
  test('of severity 1: two at once, two after 15 minutes, then governance day and night', () => {
    const story = play(situation(1, TEAM, { now: MONDAY - 5 * HOUR }), 5);
    expect(story.map(({ at, did }) => [(at - MONDAY + 5 * HOUR) / MINUTE, people(did)])).toEqual([
      [0, ['ana', 'bo']],
      [15, ['cem', 'dana']],
      [30, ['governance']],
      [60, ['governance']],
      [90, ['governance']],
    ]);
  });

  test('of severity 1: after a day the repeats become hourly, and they go on', () => {
    const at = play(situation(1, {}), 100).map((s) => s.at);
    const gaps = at.slice(1).map((next, i) => (next - at[i]!) / MINUTE);
    expect(gaps.slice(0, 48)).toEqual(Array.from({ length: 48 }, () => 30));
    expect(gaps.slice(48)).toEqual(Array.from({ length: 51 }, () => 60));
  });

  test('of severity 2: four working hours a step', () => {
    const story = play(situation(2, TEAM), 4);
    expect(story.map(({ at, did }) => [(at - MONDAY) / HOUR, people(did)])).toEqual([
      [0, ['ana']],
      [4, ['bo', 'cem']],
      [24, ['dana']],
      [28, ['governance']],
    ]);
  });

  test('of severity 3: two working days a step, and the governance channel is told once', () => {
    const story = play(situation(3, TEAM), 10);
    expect(story.map(({ at, did }) => [(at - MONDAY) / DAY, people(did)])).toEqual([
      [0, ['ana']],
      [2, ['bo', 'cem']],
      [4, ['dana']],
      [8, ['governance']],
    ]);
    expect(story.at(-1)!.did.nextAt).toBeNull();
  });
});

test('what happens on Friday evening waits for Monday morning', () => {
  const [first] = play(situation(2, TEAM, { now: FRIDAY_EVENING }), 1);
  expect(first!.did.pings).toEqual([
    { target: 'accountable', person: 'ana', outcome: 'pinged', notBefore: NEXT_MONDAY },
  ]);
  expect(first!.did.nextAt).toBe(NEXT_MONDAY + 4 * HOUR);
  const [urgent] = play(situation(1, TEAM, { now: FRIDAY_EVENING }), 1);
  expect(urgent!.did.pings.map((p) => p.notBefore)).toEqual([FRIDAY_EVENING, FRIDAY_EVENING]);
});

test('a vacant step costs no time, and says which roles nobody answered for', () => {
  const did = advance(situation(2, { 'stop-ship': 'dana' }));
  expect(did).toMatchObject({
    passed: [{ target: 'accountable' }, { target: 'platform' }, { target: 'operations' }],
    step: 3,
    toGovernance: false,
  });
  expect(people(did)).toEqual(['dana']);
  expect(advance(situation(2, {}))).toMatchObject({ toGovernance: true, step: 3, repeats: 1 });
});

test('one person in two roles is pinged once', () => {
  expect(people(advance(situation(1, { accountable: 'ana', platform: 'ana' })))).toEqual(['ana']);
  expect(play(situation(1, { accountable: 'ana', operations: 'ana' }), 2).map((s) => people(s.did))).toEqual([
    ['ana'],
    ['governance'],
  ]);
});

test('who caused it is not pinged, but has the time to answer', () => {
  const did = advance(situation(2, TEAM, { causedBy: 'ana' }));
  expect(did.pings).toMatchObject([{ person: 'ana', outcome: 'own doing' }]);
  expect(did.nextAt).toBe(MONDAY + 4 * HOUR);
});

const anyTeam: fc.Arbitrary<Team> = fc.dictionary(
  fc.constantFrom(...OWNER_ROLES),
  fc.constantFrom('ana', 'bo', 'cem', 'dana', 'eli'),
);

test('whoever is there: time moves on, nobody is pinged twice, and it always ends with governance', () => {
  const severity = fc.constantFrom(1 as const, 2 as const, 3 as const);
  const now = fc.integer({ min: MONDAY, max: MONDAY + 30 * DAY });
  fc.assert(
    fc.property(severity, anyTeam, now, fc.option(fc.constantFrom('ana', 'bo')), (s, team, at, cause) => {
      const story = play(situation(s, team, { now: at, causedBy: cause ?? undefined }), 8);
      for (const { at, did } of story) {
        if (did.nextAt === null) expect(did.toGovernance).toBe(true);
        else expect(did.nextAt).toBeGreaterThan(at);
        expect(did.pings.length > 0).toBe(!did.toGovernance);
        for (const ping of did.pings) expect(ping.notBefore).toBeGreaterThanOrEqual(at);
      }
      const pinged = story.flatMap(({ did }) => did.pings.map((p) => p.person));
      expect(new Set(pinged).size).toBe(pinged.length);
      const firstEnd = story.findIndex(({ did }) => did.toGovernance);
      expect(firstEnd).toBeGreaterThanOrEqual(0);
      expect(story.slice(firstEnd).every(({ did }) => did.toGovernance)).toBe(true);
    }),
  );
});
