import type { Instant } from '../clock.ts';
import { type Asked, type Policy, idOf, targetsOf } from './escalation.ts';
import { type WorkingCalendar, addWorkingTime, nextWorking } from './working-time.ts';

/** Who answers for a target right now. */
export interface Answerer {
  readonly person: string;
  readonly calendar: WorkingCalendar;
}

/** Why nobody does. `person` is who is away, or could not be reached. */
export interface Nobody {
  readonly gone: 'vacant' | 'away' | 'unreachable';
  readonly person?: string;
}

export interface Situation {
  readonly policy: Policy;
  /** Index of the step to run now; the ending once it equals the number of steps. */
  readonly step: number;
  /** How often this step, or the ending, has run already. */
  readonly repeats: number;
  readonly now: Instant;
  readonly answerer: (target: Asked) => Answerer | Nobody;
  /** Who was asked in this round, and in which step first. */
  readonly asked: ReadonlyMap<string, number>;
  /** Who acknowledged in this round, where a step needs everybody. */
  readonly answered: ReadonlySet<string>;
  /** Who caused the issue is not pinged about it, but has the step's time to answer. */
  readonly causedBy: string | undefined;
  /** Working hours by which waits count when nobody in particular is waited for. */
  readonly office: WorkingCalendar;
}

export interface Ping {
  readonly target: Asked;
  /** Null: posted in the channel that the target names. */
  readonly person: string | null;
  readonly outcome: 'pinged' | 'own doing';
  /** The next working instant of who is asked, or now. */
  readonly notBefore: Instant;
}

/** A target that was passed over at once. */
export interface Passed extends Nobody {
  readonly target: Asked;
}

export interface Advance {
  readonly pings: readonly Ping[];
  readonly passed: readonly Passed[];
  readonly toGovernance: boolean;
  /** Nobody is on duty: the first of them is at this instant. */
  readonly heldUntil: Instant | undefined;
  /** Index of the step that was asked; the number of steps at the end. */
  readonly at: number;
  /** What runs next, and when. */
  readonly step: number;
  readonly repeats: number;
  /** Null: the chain has ended. */
  readonly nextAt: Instant | null;
}

interface Call extends Ping {
  readonly calendar: WorkingCalendar;
}

/**
 * Runs the present step: whom to ping, and when the next one is due. A step in which nobody new can be reached is
 * passed over at once, because waiting for nobody only loses time.
 */
export function advance(s: Situation): Advance {
  const passed: Passed[] = [];
  for (let at = s.step; at < s.policy.steps.length; at += 1) {
    const step = s.policy.steps[at]!;
    const times = at === s.step ? s.repeats : 0;
    const calls = callsOf(s, at, times, passed);
    if (calls.length === 0) continue;
    const again = times + 1 < (step.times ?? 1);
    return {
      pings: calls.map(({ target, person, outcome, notBefore }) => ({ target, person, outcome, notBefore })),
      passed,
      toGovernance: false,
      heldUntil: heldUntil(s, calls),
      at,
      step: again ? at : at + 1,
      repeats: again ? times + 1 : 0,
      nextAt: Math.max(...calls.map((call) => waitFrom(s, call.notBefore, step.wait, call.calendar))),
    };
  }
  const end = s.policy.steps.length;
  // A step that is asked again counts its times in the same place.
  const repeats = s.step === end ? s.repeats : 0;
  return {
    pings: [],
    passed,
    toGovernance: true,
    heldUntil: undefined,
    at: end,
    step: end,
    repeats: repeats + 1,
    nextAt: nextRepeat(s, repeats),
  };
}

function nextRepeat(s: Situation, repeats: number): Instant | null {
  const { repeat } = s.policy;
  if (repeat === undefined) return null;
  const pause = repeats * repeat.every >= repeat.slowAfter ? repeat.slowEvery : repeat.every;
  return waitFrom(s, s.now, pause, s.office);
}

function callsOf(s: Situation, at: number, times: number, passed: Passed[]): Call[] {
  const calls = new Map<string, Call>();
  for (const target of targetsOf(s.policy.steps[at]!)) {
    if (idOf(target, 'channel') !== undefined) {
      calls.set(target, call(s, target, null, s.office));
      continue;
    }
    const who = s.answerer(target);
    if ('gone' in who) {
      // Not every issue is about a number; and what was said when the step was first asked is not said again.
      if (times === 0 && (target !== 'number' || who.gone !== 'vacant')) passed.push({ target, ...who });
    } else if (isNew(s, who.person, at, times) && !calls.has(who.person)) {
      calls.set(who.person, call(s, target, who.person, who.calendar));
    }
  }
  return [...calls.values()];
}

/** Nobody is asked twice for one step, unless the step says so and they have not answered. */
const isNew = (s: Situation, person: string, at: number, times: number): boolean => {
  const before = s.asked.get(person);
  return before === undefined || (times > 0 && before === at && !s.answered.has(person));
};

const call = (s: Situation, target: Asked, person: string | null, calendar: WorkingCalendar): Call => ({
  target,
  person,
  outcome: person !== null && person === s.causedBy ? 'own doing' : 'pinged',
  notBefore: s.policy.workingHours ? nextWorking(s.now, calendar) : s.now,
  calendar,
});

const heldUntil = (s: Situation, calls: readonly Call[]): Instant | undefined => {
  const first = Math.min(...calls.map((c) => (c.outcome === 'own doing' ? s.now : c.notBefore)));
  return first > s.now ? first : undefined;
};

const waitFrom = (s: Situation, from: Instant, wait: number, calendar: WorkingCalendar): Instant =>
  s.policy.workingHours ? addWorkingTime(from, wait, calendar) : from + wait;

export interface PlannedStep {
  readonly at: Instant;
  readonly did: Advance;
}

/** The chain as it would run from now on if nobody answered, up to its second word in the governance channel. */
export function planOf(first: Situation): readonly PlannedStep[] {
  const story: PlannedStep[] = [];
  const asked = new Map(first.asked);
  let { step, repeats, now } = first;
  for (;;) {
    const did = advance({ ...first, step, repeats, now, asked });
    story.push({ at: now, did });
    for (const { person } of did.pings) if (person !== null && !asked.has(person)) asked.set(person, did.at);
    if (did.nextAt === null || did.toGovernance) return story;
    ({ step, repeats, nextAt: now } = did);
  }
}
