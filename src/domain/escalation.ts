import { DAY, HOUR, MINUTE, type Instant } from '../clock.ts';
import type { Severity } from './issue.ts';
import type { OwnerRole } from './seat.ts';
import { type WorkingHours, addWorkingTime, nextWorking } from './working-time.ts';

/** Whom a step asks: an owner of the seat, or who logs the number that the issue is about. */
export type AskedRole = OwnerRole | 'number';

export interface Step {
  readonly roles: readonly AskedRole[];
  /** How long to wait for an acknowledgement before the next step, in milliseconds. */
  readonly wait: number;
}

export interface Policy {
  readonly steps: readonly Step[];
  /** Waits count working time only, and nobody is pinged outside their working hours. */
  readonly workingHours: boolean;
  /**
   * After the last step: a message in the governance channel, repeated `every`, after `slowAfter` only `slowEvery`.
   * Undefined: said once; from then on the weekly digest names it.
   */
  readonly repeat?: { readonly every: number; readonly slowAfter: number; readonly slowEvery: number };
}

/** `watching`: somebody acknowledged; it reminds them, and starts again when the time to solve has passed. */
export type EscalationState = 'running' | 'watching' | 'ended';

/** Why a round of the chain runs. */
export type RoundReason = 'opened' | 'worse' | 'reopened' | 'not solved in time' | 'handed back' | 'drill';

export type PingOutcome =
  | 'pinged'
  | 'vacant'
  | 'unreachable'
  | 'own doing'
  | 'already pinged'
  /** Away without a delegate, or nobody on duty. */
  | 'away'
  /** Asked again: acknowledged, but not solved. */
  | 'reminded'
  /** Asked because somebody handed the issue over. */
  | 'handed';

/** A working day counts eight hours, whatever the person's own hours are. */
const WORKING_DAY = 8 * HOUR;

/** The default policy by severity; severity 4 waits for the digest and pings nobody. */
export function defaultPolicy(severity: Severity): Policy | undefined {
  switch (severity) {
    case 1:
      return {
        steps: [
          { roles: ['accountable', 'platform'], wait: 15 * MINUTE },
          { roles: ['operations', 'stop-ship'], wait: 15 * MINUTE },
        ],
        workingHours: false,
        repeat: { every: 30 * MINUTE, slowAfter: DAY, slowEvery: HOUR },
      };
    case 2:
      return {
        ...workingPolicy(4 * HOUR),
        repeat: { every: WORKING_DAY, slowAfter: 5 * WORKING_DAY, slowEvery: 5 * WORKING_DAY },
      };
    case 3:
      return {
        ...workingPolicy(2 * WORKING_DAY),
        steps: [{ roles: ['number'], wait: WORKING_DAY }, ...workingPolicy(2 * WORKING_DAY).steps],
      };
    case 4:
      return undefined;
    default:
      return severity satisfies never;
  }
}

const workingPolicy = (wait: number): Policy => ({
  steps: [
    { roles: ['accountable'], wait },
    { roles: ['platform', 'operations'], wait },
    { roles: ['stop-ship'], wait },
  ],
  workingHours: true,
});

/** Who answers for a role right now: the accepted owner, or the delegate of one who is away. */
export interface Answerer {
  readonly person: string;
  readonly hours: WorkingHours;
}

export interface Situation {
  readonly policy: Policy;
  /** Index of the step to run now; the ending once it equals the number of steps. */
  readonly step: number;
  /** How often the ending has run already. */
  readonly repeats: number;
  readonly now: Instant;
  /** Undefined: vacant, or not to be reached. */
  readonly answerer: (role: AskedRole) => Answerer | undefined;
  readonly alreadyPinged: ReadonlySet<string>;
  /** Who caused the issue is not pinged about it, but has the step's time to answer. */
  readonly causedBy: string | undefined;
  /** Working hours by which waits count when nobody in particular is waited for. */
  readonly officeHours: WorkingHours;
}

export interface Ping {
  readonly role: AskedRole;
  readonly person: string;
  readonly outcome: 'pinged' | 'own doing';
  /** The person's next working instant, or now. */
  readonly notBefore: Instant;
}

export interface Advance {
  readonly pings: readonly Ping[];
  /** Roles that nobody answered for, passed over in this advance. */
  readonly vacant: readonly OwnerRole[];
  readonly toGovernance: boolean;
  /** What runs next, and when. */
  readonly step: number;
  readonly repeats: number;
  /** Null: the chain has ended. */
  readonly nextAt: Instant | null;
}

/** What is asked of one person within this time stands in one message: 5 minutes, in ms. */
export const PING_GROUP = 5 * MINUTE;

/** The start of the group to which a ping belongs. */
export const pingGroup = (notBefore: Instant): Instant => Math.floor(notBefore / PING_GROUP) * PING_GROUP;

/**
 * Runs the present step: whom to ping, and when the next step is due. A step in which nobody new can be reached
 * is passed over at once, because waiting for nobody only loses time.
 */
export function advance(s: Situation): Advance {
  const vacant: OwnerRole[] = [];
  for (let step = s.step; step < s.policy.steps.length; step++) {
    const { roles, wait } = s.policy.steps[step]!;
    const pings = pingsOf(s, roles, vacant);
    if (pings.length === 0) continue;
    const nextAt = Math.max(...pings.map((p) => waitFrom(s, p.notBefore, wait, s.answerer(p.role)?.hours)));
    return { pings, vacant, toGovernance: false, step: step + 1, repeats: 0, nextAt };
  }
  const { repeat } = s.policy;
  const nextAt =
    repeat === undefined
      ? null
      : waitFrom(
          s,
          s.now,
          s.repeats * repeat.every >= repeat.slowAfter ? repeat.slowEvery : repeat.every,
          undefined,
        );
  return {
    pings: [],
    vacant,
    toGovernance: true,
    step: s.policy.steps.length,
    repeats: s.repeats + 1,
    nextAt,
  };
}

function pingsOf(s: Situation, roles: readonly AskedRole[], vacant: OwnerRole[]): Ping[] {
  const pings = new Map<string, Ping>();
  for (const role of roles) {
    const who = s.answerer(role);
    if (who === undefined) {
      // Not every issue is about a number.
      if (role !== 'number') vacant.push(role);
    } else if (!s.alreadyPinged.has(who.person) && !pings.has(who.person)) {
      const notBefore = s.policy.workingHours ? nextWorking(s.now, who.hours) : s.now;
      const outcome = who.person === s.causedBy ? 'own doing' : 'pinged';
      pings.set(who.person, { role, person: who.person, outcome, notBefore });
    }
  }
  return [...pings.values()];
}

const waitFrom = (s: Situation, from: Instant, wait: number, hours: WorkingHours | undefined): Instant =>
  s.policy.workingHours ? addWorkingTime(from, wait, hours ?? s.officeHours) : from + wait;
