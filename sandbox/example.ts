import { moveClock } from '../jobs/engine.ts';
import { scheduleDigest } from '../src/actions/digest/index.ts';
import { acknowledgeIssue, newIssue, solveIssue } from '../src/actions/issue/index.ts';
import { addMetric } from '../src/actions/metric/index.ts';
import { claimAdmin, grantRole, setGovernanceChannel } from '../src/actions/org/index.ts';
import { perform } from '../src/actions/perform.ts';
import { logReadings } from '../src/actions/reading/index.ts';
import { giveScore } from '../src/actions/score/index.ts';
import { acceptSeat, addSeat, ownSeat } from '../src/actions/seat/index.ts';
import type { AnyAction } from '../src/actions/action.ts';
import { HOUR, type Instant, MINUTE, type MoveableClock } from '../src/clock.ts';
import type { Coxswain } from '../src/coxswain.ts';
import { latestInstant, nextInstant } from '../src/domain/calendar.ts';
import { learn } from '../src/inbound/learn.ts';
import { loadMyDay } from '../src/queries/my-day.ts';
import { CHANNELS, PEOPLE, TEAM, ZONE } from './company.ts';
import { NUMBERS, SCORES, SEATS, WEEKS } from './example-data.ts';

const MONDAY_TEN = { kind: 'weekly', day: 'mon', time: '10:00' } as const;
const MONDAY_EIGHT = { kind: 'weekly', day: 'mon', time: '08:00' } as const;

/** When the example company's story begins, so that it ends on the last Monday morning before `now`. */
export function exampleStart(now: Instant): Instant {
  let at = latestInstant(MONDAY_TEN, ZONE, now);
  for (let week = 0; week < WEEKS; week++) at = latestInstant(MONDAY_TEN, ZONE, at - 1);
  return at;
}

interface Setting {
  readonly coxswain: Coxswain;
  readonly clock: MoveableClock;
  readonly org: string;
  readonly adminCode: string;
  /** Person ids by handle. */
  readonly people: ReadonlyMap<string, string>;
}

/** What one of the five does: the same actions as from the chat. */
type Does = <R>(handle: string, action: AnyAction, input: unknown) => Promise<R>;

/** Plays the example company's last weeks through the same actions as everybody uses. */
export async function makeExample(setting: Setting): Promise<void> {
  const { coxswain, clock, org, people } = setting;
  const { app, engine } = coxswain;
  const does: Does = (handle, action, input) =>
    perform(
      { ...app, org, actor: { kind: 'person', person: people.get(handle)! } },
      action,
      input,
    ) as Promise<never>;
  const channels = await meetChannels(coxswain, org);

  await does('ana', claimAdmin, { code: setting.adminCode });
  for (const [handle, role] of [
    ['dana', 'reviewer'],
    ['eli', 'reviewer'],
  ] as const) {
    await does('ana', grantRole, { person: people.get(handle), role });
  }
  await does('ana', setGovernanceChannel, { channel: channels.get('ai-governance') });
  await does('ana', scheduleDigest, { channel: channels.get('claims-ai'), when: 'mon 09:00', zone: ZONE });
  await foundSeats(does, people, channels);
  await acceptAll(setting, does, people);
  await engine.drain();

  for (let week = 0; week < WEEKS; week++) {
    await moveClock(app, engine, clock, nextInstant(MONDAY_EIGHT, ZONE, clock.now()));
    await logWeek(does, week);
    await moveClock(app, engine, clock, clock.now() + 10 * MINUTE);
    await tellStory(does, week);
    for (const { by, seat, week: at, note, ...marks } of SCORES)
      if (at === week) await does(by, giveScore, { seat, marks, note });
    await moveClock(app, engine, clock, clock.now() + HOUR + 50 * MINUTE);
  }
}

/** Everybody of the workspace as persons, by handle. */
export async function meetEverybody({ identifier }: Coxswain, org: string): Promise<Map<string, string>> {
  const people = new Map<string, string>();
  for (const { id, handle } of PEOPLE) {
    const person = await identifier.personOf(org, 'slack', TEAM.id, { ref: id });
    people.set(handle, person!.id);
  }
  return people;
}

async function meetChannels({ app, identifier }: Coxswain, org: string): Promise<Map<string, string>> {
  const channels = new Map<string, string>();
  for (const { id, name } of CHANNELS) {
    const place = { kind: 'channel', ref: id, name } as const;
    const channel = await learn(
      app,
      identifier,
      org,
      { platform: 'slack', tenant: TEAM.id },
      { kind: 'conversation', place, reference: { ref: id } },
    );
    channels.set(name, channel!);
  }
  return channels;
}

async function foundSeats(
  does: Does,
  people: ReadonlyMap<string, string>,
  channels: ReadonlyMap<string, string>,
): Promise<void> {
  for (const { owners, ...seat } of SEATS) {
    await does('ana', addSeat, {
      ...seat,
      channel: channels.get('claims-ai'),
      accountable: people.get(owners.accountable),
    });
    for (const [role, handle] of Object.entries(owners)) {
      if (role !== 'accountable')
        await does('ana', ownSeat, { seat: seat.key, role, person: people.get(handle) });
    }
  }
  for (const { values: _, by, ...metric } of NUMBERS)
    await does('ana', addMetric, { ...metric, owner: people.get(by) });
}

/** Everybody accepts what they were named for, but for one offer that is left to try. */
async function acceptAll(
  { coxswain: { app }, org }: Setting,
  does: Does,
  people: ReadonlyMap<string, string>,
): Promise<void> {
  for (const [handle, person] of people) {
    const { offers } = await loadMyDay(app.store.read, org, person, app.clock.now());
    for (const offer of offers) {
      if (offer.seat.key === 'pricing') continue;
      await does(handle, acceptSeat, { owner: offer.id });
    }
  }
}

/** One batch for each person, as their form would send it. */
async function logWeek(does: Does, week: number): Promise<void> {
  const given = NUMBERS.filter((n) => n.values[week] !== undefined && n.values[week] !== null);
  for (const [by, theirs] of Map.groupBy(given, (n) => n.by)) {
    const readings = theirs.map((n) => ({ seat: n.seat, metric: n.key, value: n.values[week] }));
    await does(by, logReadings, { readings });
  }
}

async function tellStory(does: Does, week: number): Promise<void> {
  if (week === 3) {
    const { ref } = await does<{ ref: string }>('dana', newIssue, {
      seat: 'letters',
      title: 'Letters address customers by the wrong form',
      severity: 2,
      kind: 'incident',
      detail: 'Three letters today used the informal form for corporate customers.',
    });
    await does('cem', acknowledgeIssue, { issue: ref });
    await does('cem', solveIssue, {
      issue: ref,
      cause: 'The template named the form of address, the prompt overruled it.',
      fix: 'The form of address comes from the customer record and is checked before sending.',
      lesson:
        'What the record knows is not left to the prompt, because prompts change more often than records.',
    });
  }
  if (week === WEEKS - 2) {
    const { ref } = await does<{ ref: string }>('cem', newIssue, {
      seat: 'voice',
      title: 'Summaries leave out the promised call-back time',
      severity: 3,
      kind: 'feedback',
    });
    await does('dana', acknowledgeIssue, { issue: ref });
  }
}
