import { DAY, HOUR, type Instant } from '../clock.ts';
import { type WorkingCalendar, isWorking, nextWorking } from './working-time.ts';

/** How long before a digest its reminders are due, the first one first. */
export type Nudge = '24h' | '2h';
const BEFORE: Readonly<Record<Nudge, number>> = { '24h': DAY, '2h': 2 * HOUR };

/** Whoever does not work a day before a digest is reminded earlier; so long before it that is planned: a long weekend. */
const PLANNED_BEFORE = 5 * DAY;

/** All that reminds one person within this time stands in one message. */
const WINDOW = 4 * HOUR;

/** The start of the window to which the reminders of a digest belong. */
export const nudgeWindow = (digestAt: Instant): Instant => Math.floor(digestAt / WINDOW) * WINDOW;

/** The instants at which the reminders of a digest are planned, in order: early, 24 hours and 2 hours before. */
export const planningTimes = (
  digestAt: Instant,
): readonly [early: Instant, first: Instant, last: Instant] => [
  digestAt - PLANNED_BEFORE,
  digestAt - BEFORE['24h'],
  digestAt - BEFORE['2h'],
];

/** The next planning time after `now`; null when the digest itself comes first. */
export const nextPlanning = (digestAt: Instant, now: Instant): Instant | null =>
  planningTimes(digestAt).find((at) => at > now) ?? null;

/** The latest full hour before `due` that lies in working time, counted back from it. */
function lastWorkingHour(due: Instant, hours: WorkingCalendar): Instant | undefined {
  for (let at = due - HOUR; at >= due - PLANNED_BEFORE; at -= HOUR) if (isWorking(at, hours)) return at;
  return undefined;
}

/**
 * When a person is reminded of what has to be there by `end`: when the reminder is due if they work then, else as soon as
 * they work again before the end, else in the last hour that they worked before it was due (the weekend before a Monday
 * morning). Undefined when that has passed at `now`: nobody is disturbed in their free time.
 */
export function remindAt(
  due: Instant,
  end: Instant,
  now: Instant,
  hours: WorkingCalendar,
): Instant | undefined {
  const next = nextWorking(Math.max(now, due), hours);
  if (next < end) return next;
  const before = lastWorkingHour(due, hours);
  return before !== undefined && before >= now ? before : undefined;
}

const nudgeAt = (nudge: Nudge, digestAt: Instant, now: Instant, hours: WorkingCalendar) =>
  remindAt(digestAt - BEFORE[nudge], digestAt, now, hours);

export interface Planned {
  readonly nudge: Nudge;
  readonly at: Instant;
}

/**
 * When the reminders of a digest are planned first after it was set: at once where the early time has passed, so that the
 * coming weekend is not missed.
 */
export const firstPlanning = (digestAt: Instant, now: Instant): Instant | null => {
  const [early, first] = planningTimes(digestAt);
  return early <= now && now < first ? now : nextPlanning(digestAt, now);
};

/**
 * A person's reminders of a digest that are still to come: two, or one where both would come at the same time. Once the
 * last one is due the first one is over.
 */
export function nudgesOf(digestAt: Instant, now: Instant, hours: WorkingCalendar): readonly Planned[] {
  const over = now >= digestAt - BEFORE['2h'];
  const first = over ? undefined : nudgeAt('24h', digestAt, now, hours);
  const last = nudgeAt('2h', digestAt, now, hours);
  return [
    ...(first === undefined ? [] : [{ nudge: '24h' as const, at: first }]),
    ...(last === undefined || (first !== undefined && last <= first)
      ? []
      : [{ nudge: '2h' as const, at: last }]),
  ];
}
