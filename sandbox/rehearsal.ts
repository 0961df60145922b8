import { listSeats } from '../db/seats.ts';
import { moveClock } from '../jobs/engine.ts';
import type { AnyAction } from '../src/actions/action.ts';
import { acknowledgeIssue, solveIssue } from '../src/actions/issue/index.ts';
import { perform } from '../src/actions/perform.ts';
import { trackPriority } from '../src/actions/priority/index.ts';
import { logReadings } from '../src/actions/reading/index.ts';
import { HOUR, type Instant, MINUTE, type MoveableClock } from '../src/clock.ts';
import type { Coxswain } from '../src/coxswain.ts';
import { nextInstant } from '../src/domain/calendar.ts';
import { isOpen } from '../src/domain/issue.ts';
import { loadIssueLines } from '../src/queries/issue.ts';
import { loadPriorities } from '../src/queries/priority.ts';
import { ZONE } from './company.ts';
import { SEATS } from './example-data.ts';
import { LESSONS } from './example-lessons.ts';
import { type ExampleNumber, LATE, NUMBERS, WEEKS, valueOf } from './example-numbers.ts';

const FRIDAY_TWO = { kind: 'weekly', day: 'fri', time: '14:00' } as const;
const MONDAY_EIGHT = { kind: 'weekly', day: 'mon', time: '08:00' } as const;
const WEEKDAY_ELEVEN = { kind: 'daily', time: '11:00' } as const;

export interface Cast {
  readonly coxswain: Coxswain;
  readonly clock: MoveableClock;
  readonly org: string;
  /** Person ids by handle. */
  readonly people: ReadonlyMap<string, string>;
}

/**
 * While time is played the five people do their part: most log on Friday, one only after being reminded on Monday;
 * on Monday they say how their priorities are going; before noon they answer what waits for them. Now and then a number
 * is forgotten or is bad. Otherwise only what is pressed happens.
 */
export function createRehearsal(cast: Cast) {
  const { app, engine } = cast.coxswain;
  const { clock } = cast;
  let week = WEEKS;
  let lessons = 0;

  async function monday(): Promise<void> {
    await logWeek(cast, week, (by) => by === LATE);
    await trackPriorities(cast, week);
    week += 1;
  }

  async function advance(to: Instant): Promise<void> {
    const parts = [
      { rule: FRIDAY_TWO, plays: () => logWeek(cast, week, (by) => by !== LATE) },
      { rule: MONDAY_EIGHT, plays: monday },
      { rule: WEEKDAY_ELEVEN, plays: async () => void (lessons += await answer(cast, lessons)) },
    ];
    for (;;) {
      const now = clock.now();
      const [next] = parts
        .map(({ rule, plays }) => ({ at: nextInstant(rule, ZONE, now), plays }))
        .toSorted((a, b) => a.at - b.at);
      if (next === undefined || next.at > to) break;
      await moveClock(app, engine, clock, next.at);
      await next.plays();
      await moveClock(app, engine, clock, Math.min(to, clock.now() + MINUTE));
    }
    await moveClock(app, engine, clock, to);
  }
  return { advance };
}

const does = ({ coxswain: { app }, org, people }: Cast, handle: string, action: AnyAction, input: unknown) =>
  perform({ ...app, org, actor: { kind: 'person', person: people.get(handle)! } }, action, input);

/** What goes wrong in a week, the same at every start: most of the time nothing. */
function mishap(week: number, number: ExampleNumber): 'forgotten' | 'bad' | undefined {
  const seed = week * 31 + NUMBERS.indexOf(number) * 7;
  if (seed % 37 === 5) return 'forgotten';
  return seed % 41 === 3 ? 'bad' : undefined;
}

async function logWeek(cast: Cast, week: number, who: (by: string) => boolean): Promise<void> {
  for (const [by, theirs] of Map.groupBy(NUMBERS, (n) => n.by)) {
    if (!who(by)) continue;
    const readings = theirs.flatMap((number) => {
      const value = valueOf(number, week);
      const happened = mishap(week, number);
      if (value === null || happened === 'forgotten') return [];
      const one = { seat: number.seat, metric: number.key };
      if (happened === undefined) return [{ ...one, value }];
      const bad = number.direction === 'lower' ? number.target * 1.9 : number.target * 0.82;
      return [{ ...one, value: Number(bad.toFixed(number.digits)), note: 'Checked: the value is right.' }];
    });
    if (readings.length > 0) await does(cast, by, logReadings, { readings });
  }
}

/** Who owns a priority says how it is going; every sixth time it is not going well. */
async function trackPriorities(cast: Cast, week: number): Promise<void> {
  const { app } = cast.coxswain;
  const seats = await listSeats(app.store.read, cast.org, {});
  const open = await loadPriorities(app.store.read, cast.org, ZONE, seats, cast.clock.now());
  const handles = new Map([...cast.people].map(([handle, id]) => [id, handle]));
  for (const [i, { priority }] of open.entries()) {
    const on = (week + i) % 6 !== 5;
    const note = on ? {} : { note: 'Two people were needed elsewhere this week.' };
    await does(cast, handles.get(priority.owner) ?? 'ana', trackPriority, {
      priority: priority.ref,
      on,
      ...note,
    });
  }
}

/** Whoever answers for a seat takes what is open, and solves what is a few days old. Returns how many were solved. */
async function answer(cast: Cast, solvedBefore: number): Promise<number> {
  const { coxswain, clock, org } = cast;
  const now = clock.now();
  const lines = await loadIssueLines(coxswain.app.store.read, org, { limit: 50, now });
  let solved = 0;
  for (const { issue, seatKey } of lines.filter((l) => isOpen(l.issue.state))) {
    const by = SEATS.find(({ key }) => key === seatKey)?.owners.accountable ?? 'ana';
    if (issue.state === 'open') await does(cast, by, acknowledgeIssue, { issue: issue.ref });
    else if (now - issue.openedAt > 50 * HOUR) {
      const told = LESSONS[(solvedBefore + solved) % LESSONS.length]!;
      // Every lesson is learned once; later it is only told again.
      const rule = solvedBefore + solved < LESSONS.length ? 'yes' : 'no';
      // A number that lies elsewhere for good is not mended: it has a new normal.
      const moved = NUMBERS.some(({ seat, shift }) => seat === seatKey && shift !== undefined);
      const outcome = moved ? 'new normal' : 'fixed';
      await does(cast, by, solveIssue, { issue: issue.ref, outcome, ...told, rule });
      solved += 1;
    }
  }
  return solved;
}
