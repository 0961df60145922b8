import { DAY, HOUR, MINUTE, type Instant } from '../clock.ts';
import type { Severity } from './issue.ts';
import type { OwnerRole } from './seat.ts';

/** Whom a step asks: an owner of the seat, or who logs the number that the issue is about. */
export type AskedRole = OwnerRole | 'number';

export interface Step {
  readonly roles: readonly AskedRole[];
  /** People asked whatever they own: person ids. */
  readonly people?: readonly string[];
  /** Channels in which it is posted: channel ids. */
  readonly channels?: readonly string[];
  /** How long to wait for an acknowledgement before the next step, in milliseconds. */
  readonly wait: number;
  /** Everybody who is asked has to acknowledge; otherwise the first one does. */
  readonly all?: boolean;
  /** How often the step is asked before the next one; once when left out. */
  readonly times?: number;
}

/** Kept as JSON with every escalation that runs: what is added here has to be left out by what was kept before. */
export interface Policy {
  readonly steps: readonly Step[];
  /** Waits count working time only, and nobody is pinged outside their working hours. */
  readonly workingHours: boolean;
  /**
   * After the last step: a message in the governance channel, repeated `every`, after `slowAfter` only `slowEvery`.
   * Undefined: said once; from then on the weekly digest names it.
   */
  readonly repeat?: Repeat;
}

/** In milliseconds, of working time where the policy counts that. */
export interface Repeat {
  readonly every: number;
  readonly slowAfter: number;
  readonly slowEvery: number;
}

/** `watching`: somebody acknowledged; it reminds them, and starts again when the time to solve has passed. */
export type EscalationState = 'running' | 'watching' | 'ended';

/** Why a round of the chain runs. */
export type RoundReason =
  | 'opened'
  | 'worse'
  | 'reopened'
  | 'not solved in time'
  | 'handed back'
  | 'drill'
  /** It had stopped although nobody had answered. */
  | 'mended';

export type PingOutcome =
  | 'pinged'
  | 'vacant'
  | 'unreachable'
  | 'own doing'
  | 'already pinged'
  /** Away without a delegate, or nobody on duty. */
  | 'away'
  /** Asked again: acknowledged, but not solved; or they asked to be. */
  | 'reminded'
  /** Asked because somebody handed the issue over. */
  | 'handed';

/** Whom a ping was for, as it is kept: what a step names, or one of the places outside of the steps. */
export type Asked = AskedRole | `person:${string}` | `channel:${string}`;
export type PingTarget = Asked | 'handed' | 'holder' | 'governance channel';

/** A working day counts eight hours, whatever the person's own hours are. */
export const WORKING_DAY = 8 * HOUR;

/** What a step asks, in order. */
export const targetsOf = (step: Step): readonly Asked[] => [
  ...step.roles,
  ...(step.people ?? []).map((id) => `person:${id}` as const),
  ...(step.channels ?? []).map((id) => `channel:${id}` as const),
];

/** The id behind `person:…` or `channel:…`; undefined for a role. */
export const idOf = (target: string, kind: 'person' | 'channel'): string | undefined =>
  target.startsWith(`${kind}:`) ? target.slice(kind.length + 1) : undefined;

/**
 * Index of the step whose people are waited for; undefined before the first, and once the end was reached. A step that
 * is asked again stands where it was, with the times it was asked in `repeats`.
 */
export function askedStep(policy: Policy, { step, repeats }: { step: number; repeats: number }) {
  if (repeats > 0) return step < policy.steps.length ? step : undefined;
  return step > 0 ? step - 1 : undefined;
}

/** How long is waited now, in ms: for the step that was asked, at the end for its repeat. The most that one may snooze. */
export function presentWait(policy: Policy, at: { step: number; repeats: number }): number {
  const asked = askedStep(policy, at);
  if (asked !== undefined) return policy.steps[asked]!.wait;
  return policy.repeat?.every ?? policy.steps.at(-1)?.wait ?? WORKING_DAY;
}

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

/** What is asked of one person within this time stands in one message: 5 minutes, in ms. */
export const PING_GROUP = 5 * MINUTE;

/** The start of the group to which a ping belongs. */
export const pingGroup = (notBefore: Instant): Instant => Math.floor(notBefore / PING_GROUP) * PING_GROUP;

/** Under which the audit log keeps the chains that were mended on a day (days since 1970, UTC). */
export const mendedSubject = (day: number): string => `mended:${day}`;
