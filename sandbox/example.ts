import { moveClock } from '../jobs/engine.ts';
import { scheduleDigest } from '../src/actions/digest/index.ts';
import { addMetric } from '../src/actions/metric/index.ts';
import { claimAdmin, grantRole, setGovernanceChannel } from '../src/actions/org/index.ts';
import { perform } from '../src/actions/perform.ts';
import { logReadings } from '../src/actions/reading/index.ts';
import { acceptSeat, addSeat, editSeat, ownSeat } from '../src/actions/seat/index.ts';
import { addVendor } from '../src/actions/vendor/index.ts';
import { HOUR, type Instant, MINUTE, type MoveableClock } from '../src/clock.ts';
import type { Coxswain } from '../src/coxswain.ts';
import { latestInstant, nextInstant } from '../src/domain/calendar.ts';
import { periodOf, previousPeriod } from '../src/domain/period.ts';
import { quarterAt } from '../src/domain/priority.ts';
import { learn } from '../src/inbound/learn.ts';
import { loadIssueLines } from '../src/queries/issue.ts';
import { loadMyDay } from '../src/queries/my-day.ts';
import { CHANNELS, PEOPLE, TEAM, ZONE } from './company.ts';
import { SEATS } from './example-data.ts';
import { RECORDS, VENDORS } from './example-records.ts';
import { HISTORY, LATE, NUMBERS, WEEKS, valueOf } from './example-numbers.ts';
import { type Does, type Stage, tellStory } from './example-story.ts';

const MONDAY_TEN = { kind: 'weekly', day: 'mon', time: '10:00' } as const;
/** An hour before reminders go out. */
const FRIDAY_TWO = { kind: 'weekly', day: 'fri', time: '14:00' } as const;
const MONDAY_EIGHT = { kind: 'weekly', day: 'mon', time: '08:00' } as const;

/** When the example company's story begins, so that it ends on the last Monday morning before `now`. */
export function exampleStart(now: Instant): Instant {
  let at = latestInstant(MONDAY_TEN, ZONE, now);
  for (let week = 0; week < WEEKS; week++) at = latestInstant(MONDAY_TEN, ZONE, at - 1);
  return at;
}

/** The Monday on which a story ends that begins at `start`. */
function storyEnd(start: Instant): Instant {
  let at = start;
  for (let week = 0; week < WEEKS; week++) at = nextInstant(MONDAY_TEN, ZONE, at);
  return at;
}

const isLate = (by: string): boolean => by === LATE;

interface Setting {
  readonly coxswain: Coxswain;
  readonly clock: MoveableClock;
  readonly org: string;
  readonly adminCode: string;
  /** Person ids by handle. */
  readonly people: ReadonlyMap<string, string>;
}

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
  await bringHistory(does, clock.now());
  await engine.drain();

  const quarter = quarterAt(storyEnd(clock.now()), ZONE);
  const waiting: Stage['waiting'] = async (seat) => {
    const lines = await loadIssueLines(app.store.read, org, { limit: 50, now: clock.now() });
    return lines
      .filter(({ seatKey, issue }) => seatKey === seat && issue.state === 'open')
      .map((l) => l.issue.ref);
  };
  const stage: Stage = { does, people, channels, quarter, waiting };
  for (let week = 0; week < WEEKS; week++) {
    await moveClock(app, engine, clock, nextInstant(FRIDAY_TWO, ZONE, clock.now()));
    await logWeek(does, week, (by) => !isLate(by));
    await moveClock(app, engine, clock, nextInstant(MONDAY_EIGHT, ZONE, clock.now()));
    await logWeek(does, week, isLate);
    await moveClock(app, engine, clock, clock.now() + 10 * MINUTE);
    await tellStory(stage, week);
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
  for (const vendor of VENDORS) await does('ana', addVendor, vendor);
  for (const record of RECORDS) await does('ana', editSeat, record);
  for (const { by, seat, key, name, category, unit, direction, target, targetHigh, tolerance } of NUMBERS) {
    const metric = { seat, key, name, category, unit, direction, target, targetHigh, tolerance };
    await does('ana', addMetric, { ...metric, owner: people.get(by) });
  }
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

/** What is known from before: one batch for each person, as from a file. It is past, so nobody is pinged about it. */
async function bringHistory(does: Does, now: Instant): Promise<void> {
  const before: string[] = [];
  for (let week = periodOf('weekly', now, ZONE); before.length < HISTORY; before.unshift(week.key))
    week = previousPeriod('weekly', week, ZONE);
  const known = NUMBERS.filter((number) => number.grows === undefined);
  for (const [by, theirs] of Map.groupBy(known, (n) => n.by)) {
    const readings = theirs.flatMap((number) =>
      before.map((period, i) => {
        const value = valueOf(number, i - HISTORY);
        return { seat: number.seat, metric: number.key, value, period };
      }),
    );
    await does(by, logReadings, { readings });
  }
}

/** One batch for each person, as their form would send it. */
async function logWeek(does: Does, week: number, who: (by: string) => boolean): Promise<void> {
  for (const [by, theirs] of Map.groupBy(NUMBERS, (n) => n.by)) {
    if (!who(by)) continue;
    const readings = theirs.flatMap((number) => {
      const value = valueOf(number, week);
      const note = number.notes?.[week];
      const said = { seat: number.seat, metric: number.key, value, ...(note === undefined ? {} : { note }) };
      return value === null ? [] : [said];
    });
    await does(by, logReadings, { readings });
  }
}
