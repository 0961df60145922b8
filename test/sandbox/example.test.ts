import { afterAll, beforeAll, expect, test } from 'vitest';
import { LATE, NUMBERS, WEEKS } from '../../sandbox/example-numbers.ts';
import { exampleStart, meetEverybody } from '../../sandbox/example.ts';
import { createRehearsal } from '../../sandbox/rehearsal.ts';
import { type RunningSandbox, startSandbox } from '../../sandbox/start.ts';
import { DAY, type MoveableClock, frozenClock } from '../../src/clock.ts';
import { loadConfig } from '../../src/config.ts';
import { createLog } from '../../src/log.ts';

/** A Wednesday: the story ends on Monday, 16 November 2026. */
const WHEN = Date.UTC(2026, 10, 18, 12);

let sandbox: RunningSandbox;
let clock: MoveableClock;
const complaints: string[] = [];

const listening = createLog('warn', { write: (line: string) => void complaints.push(line) });

beforeAll(async () => {
  clock = frozenClock(exampleStart(WHEN));
  sandbox = await startSandbox(loadConfig({ PORT: '0' }), listening, { clock, ticking: false });
}, 60_000);
afterAll(() => sandbox?.stop());

const ana = () => sandbox.slack.workspace.as('ana');
const asks = async (line: string) => (await ana().in('#claims-ai').slash(line)).text;

test('a newcomer finds something of everything, on the last Monday morning', async () => {
  expect(new Date(clock.now()).toISOString()).toBe('2026-11-16T09:00:00.000Z');
  const issues = await asks('issue list all');
  expect(issues).toMatch(/CLAIMS-1 Acceptance rate is red .* open, nobody has it yet/);
  expect(issues).toMatch(/CLAIMS-2 CLAIMS-P2 is off track/);
  expect(issues).toMatch(/INTAKE-1 Wrong policy numbers has become higher .* with Bo Okafor/);
  expect(issues).toMatch(/VOICE-1 .* with Dana Reyes/);
  expect(issues).toMatch(/LETTERS-1 .* closed/);
  expect(await asks('rules')).toContain('R1 What a record knows is never left to a prompt.');
  expect(await asks('priority list')).toMatch(/CLAIMS-P1 .* on track[^]*CLAIMS-P2 .* off track/);
  expect(await asks('seat show claims')).toContain('rollout');
  const digest = ana().in('#claims-ai').expectMessage('Weekly scorecard, 2026-W46').text;
  expect(digest).toMatch(/1 red, 1 yellow, 8 green, 1 missing/);
  const executive = ana().in('#ai-governance').expectMessage('Harbour Insurance: all seats').text;
  expect(executive).toMatch(/1 of \d seats that were in pilot reached production/);
});

test('claims was scored in full by three, who do not agree; a score of coverage is asked for', async () => {
  const shown = await asks('score show claims');
  expect(shown).toContain('By Ana Lindt, Dana Reyes, Eli Novak');
  expect(shown).toContain('Failure modes and rollback exercised: from green to red');
  expect(await asks('score history claims')).toMatch(/full[^]*quick/);
  expect(await asks('score show coverage')).toMatch(/Asked for\n.*Dana Reyes, by 2026-11-25/);
});

test('the small shift is one that only statistics see: every value is green', async () => {
  const shown = await asks('scorecard intake errors');
  expect(shown).toMatch(/Judged against its baseline of 26 readings/);
  expect(shown).toMatch(/has been higher since 2026-W\d\d/);
  expect(shown).not.toMatch(/red|yellow/);
});

test('who logs in time is not reminded, and who does not is', () => {
  const { workspace } = sandbox.slack;
  const reminders = (who: string) =>
    workspace
      .dm(who)
      .messages()
      .filter((m) => /missing from you/.test(m.text)).length;
  expect(reminders(LATE)).toBeGreaterThanOrEqual(WEEKS - 1);
  // Eli has a number and no priority.
  expect(NUMBERS.filter(({ by }) => by === 'eli')).not.toEqual([]);
  expect(reminders('eli')).toBe(0);
});

test('nothing was hidden on the way: no message is stuck, no duty failed, no token was made', async () => {
  expect(complaints).toEqual([]);
  const doctor = await asks('doctor');
  expect(doctor).toContain('messages: all delivered');
  expect(doctor).toContain('follow-ups: none failed');
  expect(await asks('token list')).toMatch(/no token/i);
});

test('while weeks are played the five log, answer, solve and learn', async () => {
  const { coxswain, org } = sandbox;
  const people = await meetEverybody(coxswain, org());
  const { advance } = createRehearsal({ coxswain, clock, org: org(), people });
  await advance(clock.now() + 21 * DAY);
  expect(await asks('rules')).toMatch(/R1 [^]*R2 /);
  const issues = await asks('issue list all');
  expect(issues).toMatch(/CLAIMS-1 .* (solved|closed)/);
  const digest = ana().in('#claims-ai').expectMessage('Weekly scorecard, 2026-W49').text;
  expect(digest).not.toMatch(/[2-9] missing/);
  expect(complaints).toEqual([]);
}, 60_000);
