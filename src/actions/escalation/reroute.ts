import { and, eq } from 'drizzle-orm';
import { type Escalation, type PingRow, chainsAsking, chainsHeldBy } from '../../../db/escalations.ts';
import { holdIssuesOf } from '../../../db/held-issues.ts';
import type { Wanted } from '../../../db/messages.ts';
import type { Db } from '../../../db/store.ts';
import { presentWait } from '../../domain/escalation.ts';
import { standIn } from '../../domain/escalation-answer.ts';
import { addWorkingTime, nextWorking } from '../../domain/working-time.ts';
import { newId } from '../../ids.ts';
import { issueSubjects } from '../subjects.ts';
import { askedMessage, passedMessage } from './messages.ts';
import { waitedFor } from './unreachable.ts';
import { type World, crewIn, loadWorld } from './world.ts';

interface Moved {
  /** Refs of the issues. */
  readonly issues: readonly string[];
  readonly shows: readonly Wanted[];
  readonly changed: readonly string[];
}

const PASSED: ReadonlySet<string> = new Set(['away', 'vacant', 'unreachable']);

/** What a running chain does when who it waits for is there no more. */
interface Move {
  readonly escalation: Escalation;
  readonly pings: readonly Omit<
    PingRow,
    'org' | 'id' | 'escalation' | 'issue' | 'round' | 'at' | 'answeredAt'
  >[];
  readonly nextAt: number | null;
}

/**
 * Somebody who was asked is away or has left: their delegate is asked at once; where nobody stands in, and nobody else of
 * the step is waited for, the chain takes its next step now. What they have acknowledged and can do no more starts again.
 */
export async function rerouteFrom(tx: Db, org: string, now: number, person: string): Promise<Moved> {
  const found = [...(await chainsAsking(tx, org, person)), ...(await chainsHeldBy(tx, org, person))];
  if (found.length === 0) return { issues: [], shows: [], changed: [] };
  await holdIssuesOf(
    tx,
    org,
    found.map((e) => e.id),
  );
  // Only now nobody else changes them.
  const asking = await chainsAsking(tx, org, person);
  const held = await chainsHeldBy(tx, org, person);
  const chains = [...asking, ...held];
  const world = await loadWorld(tx, org, now, chains);
  const gone = world.people.get(person)?.active !== true;
  const moves = [
    ...asking.flatMap((escalation) => moveOf(world, escalation, person) ?? []),
    ...(gone ? held.map((escalation): Move => ({ escalation, pings: [], nextAt: now })) : []),
  ];
  for (const move of moves) await write(tx, now, move);
  const subjects = await Promise.all(moves.map(({ escalation }) => issueSubjects(tx, org, escalation.issue)));
  return {
    issues: moves.map(({ escalation }) => world.issues.get(escalation.issue)!.ref),
    shows: moves.flatMap((move) => messagesOf(world, move)),
    changed: [...new Set(subjects.flat())],
  };
}

function moveOf(world: World, escalation: Escalation, person: string): Move | undefined {
  const { now } = world;
  const issue = world.issues.get(escalation.issue);
  // Who snoozed it wanted silence; the chain finds out who is there when it goes on.
  if (issue?.state !== 'open' || escalation.snoozedUntil !== null) return undefined;
  const before = world.pingsOf(escalation);
  const waited = waitedFor(escalation, before);
  const theirs = waited.find((p) => p.person === person);
  if (theirs === undefined) return undefined;
  // What was handed to them goes back to who handed it over.
  if (escalation.handedTo === person) return { escalation, pings: [], nextAt: now };
  const who = standIn(crewIn(world, before), person);
  const { target, step } = theirs;
  if ('gone' in who) {
    const passed = new Set(before.flatMap((p) => (PASSED.has(p.outcome) ? [p.person] : [])));
    const others = waited.some((p) => p.person !== person && !passed.has(p.person) && p.answeredAt === null);
    return {
      escalation,
      pings: [{ target, person, outcome: who.gone, step, notBefore: now }],
      nextAt: others ? escalation.nextAt : now,
    };
  }
  const known = before.some((p) => p.person === who.person && p.outcome !== 'away' && p.step === step);
  if (who.person === person || known) return undefined;
  const { policy } = escalation;
  const notBefore = policy.workingHours ? nextWorking(now, who.calendar) : now;
  const wait = presentWait(policy, escalation);
  const until = policy.workingHours ? addWorkingTime(notBefore, wait, who.calendar) : notBefore + wait;
  const own = !issue.drill && issue.openedBy === who.person;
  return {
    escalation,
    pings: [{ target, person: who.person, outcome: own ? 'own doing' : 'pinged', step, notBefore }],
    nextAt: Math.max(escalation.nextAt ?? now, until),
  };
}

async function write(tx: Db, now: number, { escalation, pings, nextAt }: Move): Promise<void> {
  const { escalations, pings: table } = tx.t;
  const { org, id, issue, round } = escalation;
  await tx
    .update(escalations)
    .set({ nextAt })
    .where(and(eq(escalations.org, org), eq(escalations.id, id)))
    .returning({ id: escalations.id });
  const rows = pings.map((p) => ({ ...p, org, id: newId(), escalation: id, issue, round, at: now }));
  if (rows.length > 0) await tx.insert(table).values(rows);
}

function messagesOf(world: World, { escalation, pings }: Move): Wanted[] {
  const issue = world.issues.get(escalation.issue)!;
  const { id, channel } = world.seats.get(issue.seat)!;
  return pings.flatMap((p) => {
    if (p.outcome === 'pinged') return [askedMessage(issue, p.person!, p.notBefore)];
    if (p.outcome === 'own doing' || channel === null) return [];
    return [passedMessage({ id, channel }, issue.id, world.now)];
  });
}
