import { and, eq } from 'drizzle-orm';
import { z } from 'zod';
import { type Escalation, pingsOf } from '../../../db/escalations.ts';
import { type Issue, issueById } from '../../../db/issues.ts';
import { metricById } from '../../../db/metrics.ts';
import { type Org, orgById } from '../../../db/orgs.ts';
import { ownersOfSeat } from '../../../db/owners.ts';
import { type Person, peopleByIds } from '../../../db/people.ts';
import { seatById } from '../../../db/seats.ts';
import type { Db } from '../../../db/store.ts';
import { type Advance, type Answerer, type AskedRole, advance } from '../../domain/escalation.ts';
import { acceptedOwner } from '../../domain/seat.ts';
import { OFFICE_HOURS } from '../../domain/working-time.ts';
import { newId } from '../../ids.ts';
import { type Effects, type Scope, defineAction } from '../action.ts';
import { onlyCoxswain } from '../allow.ts';
import { endEscalation } from './end.ts';
import { governanceOf, messagesOf } from './messages.ts';

const input = z.object({
  /** Escalation id, and the step and repeat it is expected to be at: a second copy of Coxswain finds it moved. */
  escalation: z.string(),
  step: z.number().int(),
  repeats: z.number().int(),
});
type Input = z.output<typeof input>;
type Stepped = { pinged: number; vacant: number; governance: boolean };

/** The next step of an escalation: pings who is next, passes over vacant roles, and ends in the governance channel. */
export const stepEscalation = defineAction({
  name: 'escalation.step',
  input,
  allow: onlyCoxswain,
  async run(s): Promise<Effects<Stepped>> {
    const escalation = await take(s);
    const issue = escalation === undefined ? undefined : await issueById(s.tx, s.org, escalation.issue);
    if (escalation === undefined || issue === undefined || issue.state !== 'open') return idle(s, escalation);
    const org = (await orgById(s.tx, s.org))!;
    const seat = (await seatById(s.tx, s.org, issue.seat))!;
    const next = await decide(s, org, escalation, issue);
    const end = governanceOf(org, seat);
    await record(s, escalation, next, end);
    return {
      result: { pinged: next.pings.length, vacant: next.vacant.length, governance: next.toGovernance },
      audit: {
        subject: `issue:${issue.id}`,
        facts: {
          ref: issue.ref,
          step: escalation.step,
          pinged: next.pings.map((p) => ({ role: p.role, person: p.person, outcome: p.outcome })),
          vacant: [...next.vacant],
          governance: next.toGovernance,
          nextAt: next.nextAt,
        },
      },
      // What is on display tells nothing of the steps, so the copies need no update: there may be dozens.
      shows: messagesOf(end, seat, issue, next, s.now),
    };
  },
});

/**
 * The escalation, if it still stands where this step expects it. The update changes nothing but locks the row, so
 * that of two copies at the same moment the second finds it moved.
 */
async function take({ tx, org, input }: Scope<Input>): Promise<Escalation | undefined> {
  const { escalations } = tx.t;
  const [row] = await tx
    .update(escalations)
    .set({ state: 'running' })
    .where(
      and(
        eq(escalations.org, org),
        eq(escalations.id, input.escalation),
        eq(escalations.state, 'running'),
        eq(escalations.step, input.step),
        eq(escalations.repeats, input.repeats),
      ),
    )
    .returning();
  return row;
}

/** Somebody answered, or another copy was first: an escalation that nobody waits for any more ends. */
async function idle(
  { tx, org, now, input }: Scope<Input>,
  escalation: Escalation | undefined,
): Promise<Effects<Stepped>> {
  if (escalation !== undefined) await endEscalation(tx, org, escalation.issue, now);
  return {
    result: { pinged: 0, vacant: 0, governance: false },
    audit: { subject: `escalation:${input.escalation}`, facts: { step: input.step, nothing: 'to do' } },
  };
}

async function decide(
  { tx, org, now }: Scope<Input>,
  { zone }: Org,
  escalation: Escalation,
  issue: Issue,
): Promise<Advance> {
  const owners = await ownersOfSeat(tx, org, issue.seat);
  // Earlier rounds of the same issue asked for something else.
  const pings = (await pingsOf(tx, org, issue.id)).filter((p) => p.at >= escalation.startedAt);
  const lost = new Set(pings.filter((p) => p.outcome === 'unreachable').map((p) => p.person));
  const numberOwner =
    issue.metric === null ? null : ((await metricById(tx, org, issue.metric))?.owner ?? null);
  const people = await withDelegates(tx, org, [
    ...owners.map((o) => o.person),
    ...(numberOwner === null ? [] : [numberOwner]),
  ]);
  const answerer = (role: AskedRole): Answerer | undefined => {
    const id = role === 'number' ? (numberOwner ?? undefined) : acceptedOwner(owners, role);
    const owner = id === undefined ? undefined : people.get(id);
    const away = owner !== undefined && owner.awayUntil !== null && owner.awayUntil > now;
    const who = away ? people.get(owner.delegate ?? '') : owner;
    return who === undefined || !who.active || lost.has(who.id)
      ? undefined
      : { person: who.id, hours: who.hours };
  };
  return advance({
    policy: escalation.policy,
    step: escalation.step,
    repeats: escalation.repeats,
    now,
    answerer,
    alreadyPinged: new Set(pings.flatMap((p) => (p.person === null ? [] : [p.person]))),
    causedBy: issue.openedBy ?? undefined,
    officeHours: { ...OFFICE_HOURS, zone },
  });
}

async function withDelegates(tx: Db, org: string, ids: readonly string[]): Promise<Map<string, Person>> {
  const people = await peopleByIds(tx, org, ids);
  const delegates = [...people.values()].flatMap((p) => (p.delegate === null ? [] : [p.delegate]));
  return new Map([...people, ...(await peopleByIds(tx, org, delegates))]);
}

async function record(
  { tx, org, now }: Scope<Input>,
  escalation: Escalation,
  next: Advance,
  end: string | null,
): Promise<void> {
  const { escalations, pings } = tx.t;
  await tx
    .update(escalations)
    .set({
      step: next.step,
      repeats: next.repeats,
      nextAt: next.nextAt,
      ...(next.nextAt === null ? { state: 'ended', endedAt: now } : {}),
    })
    .where(and(eq(escalations.org, org), eq(escalations.id, escalation.id)))
    .returning({ id: escalations.id });
  // Steps that were passed over are not the one that is waited for: a ping stands under its own step.
  const step = next.toGovernance ? next.step : next.step - 1;
  const base = { org, escalation: escalation.id, issue: escalation.issue, step, at: now, notBefore: now };
  const rows = [
    ...next.pings.map((p) => ({
      ...base,
      id: newId(),
      target: p.role,
      person: p.person,
      outcome: p.outcome,
      notBefore: p.notBefore,
    })),
    ...next.vacant.map((role) => ({
      ...base,
      id: newId(),
      target: role,
      person: null,
      outcome: 'vacant' as const,
    })),
    ...(next.toGovernance
      ? [
          {
            ...base,
            id: newId(),
            target: 'governance channel',
            person: null,
            outcome: end === null ? ('unreachable' as const) : ('pinged' as const),
          },
        ]
      : []),
  ];
  if (rows.length > 0) await tx.insert(pings).values(rows).returning({ id: pings.id });
}
