import type { Escalation, PingRow } from '../../../db/escalations.ts';
import type { Issue } from '../../../db/issues.ts';
import type { Seat } from '../../../db/seats.ts';
import { type PingOutcome, type PingTarget } from '../../domain/escalation.ts';
import { answererFor, standIn } from '../../domain/escalation-answer.ts';
import { type Advance, advance } from '../../domain/escalation-step.ts';
import { nextWatch, solveUntil } from '../../domain/escalation-watch.ts';
import { holderOf } from '../../domain/issue.ts';
import { nextWorking } from '../../domain/working-time.ts';
import { type World, crewIn } from './world.ts';

/** Somebody, or a place, that is asked or told now. */
export interface NewPing {
  readonly target: PingTarget;
  readonly person: string | null;
  readonly outcome: PingOutcome;
  readonly step: number;
  readonly notBefore: number;
}

/** What one escalation does when it is due. */
export interface Turn {
  readonly escalation: Escalation;
  readonly issue: Issue;
  readonly seat: Seat;
  readonly does: 'step' | 'remind' | 'restart';
  readonly set: Partial<Escalation>;
  readonly pings: readonly NewPing[];
  /** Where the chain ends; null when nobody could be told there. */
  readonly end: string | null;
  /** It was snoozed or handed over: what is on display says so no more. */
  readonly tellsOf: boolean;
}

/** A chain that runs: its next step. */
export function stepTurn(world: World, escalation: Escalation, issue: Issue): Turn {
  const { org, now } = world;
  const seat = world.seats.get(issue.seat)!;
  const end = org.governanceChannel ?? seat.channel;
  const before = world.pingsOf(escalation);
  if (escalation.policy.steps.length === 0) return backTurn(world, escalation, issue, seat);
  const next = decide(world, escalation, issue, before);
  return {
    escalation,
    issue,
    seat,
    does: 'step',
    set: {
      step: next.step,
      repeats: next.repeats,
      nextAt: next.nextAt,
      ...SETTLED,
      ...(next.nextAt === null ? { state: 'ended', endedAt: now } : {}),
    },
    pings: [
      ...handedBack(escalation, now),
      ...pingsOf(next, now),
      ...held(world, escalation, before, next),
      ...(next.toGovernance ? [governance(next.at, now, end === null ? 'unreachable' : 'pinged')] : []),
    ],
    end,
    tellsOf: escalation.snoozedUntil !== null || escalation.handedTo !== null,
  };
}

/** Nobody is pinged about it by a policy: it only comes back. */
const backTurn = ({ now }: World, escalation: Escalation, issue: Issue, seat: Seat): Turn => ({
  escalation,
  issue,
  seat,
  does: 'step',
  set: { ...SETTLED, state: 'ended', nextAt: null, endedAt: now },
  pings: handedBack(escalation, now),
  end: null,
  tellsOf: true,
});

const SETTLED = { snoozedUntil: null, snoozedBy: null, handedTo: null, handedBy: null, why: null } as const;

function decide(world: World, escalation: Escalation, issue: Issue, before: readonly PingRow[]): Advance {
  const told = before.flatMap((p) => (p.person === null || p.outcome === 'away' ? [] : [p]));
  const crew = crewIn(world, before);
  return advance({
    policy: escalation.policy,
    step: escalation.step,
    repeats: escalation.repeats,
    now: world.now,
    answerer: answererFor(crew, world.ownersOf(issue.seat), world.numberOwner(issue)),
    // The first time counts: who is asked again stays of the step that asked them.
    asked: new Map(told.toReversed().map((p) => [p.person!, p.step])),
    answered: new Set(told.flatMap((p) => (p.answeredAt === null ? [] : [p.person!]))),
    causedBy: issue.drill ? undefined : (issue.openedBy ?? undefined),
    office: world.office,
  });
}

const pingsOf = (next: Advance, now: number): NewPing[] => [
  ...next.pings.map((p) => ({ ...p, step: next.at })),
  ...next.passed.map(({ target, gone, person }) => ({
    target,
    person: person ?? null,
    outcome: gone,
    step: next.at,
    notBefore: now,
  })),
];

const governance = (step: number, now: number, outcome: PingOutcome): NewPing => ({
  target: 'governance channel',
  person: null,
  outcome,
  step,
  notBefore: now,
});

/** Nobody is on duty: the governance channel is told, once in a round. */
function held(world: World, escalation: Escalation, before: readonly PingRow[], next: Advance): NewPing[] {
  const known = before.some((p) => p.target === 'governance channel');
  if (next.heldUntil === undefined || known || world.org.governanceChannel === null) return [];
  // What was said at the start of an earlier round need not be said again at the start of this one.
  return escalation.round > 1 ? [] : [governance(next.at, world.now, 'away')];
}

/** Who was asked to take it over did not: it comes back to who handed it over, and the chain goes on. */
const handedBack = ({ handedTo, handedBy, step }: Escalation, now: number): NewPing[] =>
  handedTo === null || handedBy === null
    ? []
    : [{ target: 'handed', person: handedBy, outcome: 'handed', step, notBefore: now }];

/** Somebody has the issue: they are reminded, or the time to solve it has passed and the chain starts again. */
export function watchTurn(world: World, escalation: Escalation, issue: Issue): Turn {
  const { now } = world;
  const seat = world.seats.get(issue.seat)!;
  const holder = holderOf(issue);
  const who = holder === null ? undefined : standIn(crewIn(world, world.pingsOf(escalation)), holder);
  const until = solveUntil(issue, escalation.startedAt, world.office);
  const base = { escalation, issue, seat, end: null, tellsOf: false };
  if (who === undefined || ('gone' in who && who.gone !== 'away') || (until !== null && until <= now))
    return { ...base, does: 'restart', set: {}, pings: [] };
  const reminders = escalation.reminders + 1;
  // Who is away without a delegate is not reminded, and not forgotten.
  const calendar = 'gone' in who ? world.office : who.calendar;
  const nextAt = nextWatch({ now, calendar, since: escalation.startedAt, reminders, until });
  const { step } = escalation;
  return {
    ...base,
    does: 'remind',
    set: { reminders, nextAt, ...(nextAt === null ? { state: 'ended', endedAt: now } : {}) },
    pings:
      'gone' in who
        ? []
        : [
            {
              target: 'holder',
              person: who.person,
              outcome: 'reminded',
              step,
              notBefore: nextWorking(now, calendar),
            },
          ],
  };
}
