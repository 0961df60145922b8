import { and, eq, inArray, sql } from 'drizzle-orm';
import { z } from 'zod';
import type { Escalation } from '../../../db/escalations.ts';
import { holdIssuesOf } from '../../../db/held-issues.ts';
import type { JsonObject } from '../../ui/card.ts';
import { type Effects, type Scope, defineAction } from '../action.ts';
import { onlyCoxswain } from '../allow.ts';
import { issueSubjects } from '../subjects.ts';
import { endsInPerson } from './in-person.ts';
import { messagesOf } from './messages.ts';
import { type Turn, stepTurn, watchTurn } from './turn.ts';
import { type World, loadWorld } from './world.ts';
import { writeTurns } from './write.ts';

/** How many escalations take their step in one transaction. */
export const MOST_AT_ONCE = 200;

const input = z.object({
  /** Escalation ids, and the step and repeat each is expected to be at: a second copy of Coxswain finds it moved. */
  due: z
    .array(z.object({ escalation: z.string(), step: z.number().int(), repeats: z.number().int() }))
    .min(1)
    .max(MOST_AT_ONCE),
});
type Input = z.output<typeof input>;
type Stepped = { pinged: number; passed: number; governance: number; reminded: number; restarted: number };

/**
 * The next step of escalations that are due: pings who is next, passes over who cannot be asked, and ends in the
 * governance channel. Of what somebody has already, the reminder, or the restart when it was not solved in time.
 */
export const stepEscalations = defineAction({
  name: 'escalation.step',
  input,
  allow: onlyCoxswain,
  async run(s): Promise<Effects<Stepped>> {
    const escalations = await take(s);
    const world = await loadWorld(s.tx, s.org, s.now, escalations);
    const turns = escalations.flatMap((e) => turnOf(world, e) ?? []);
    const acted = new Set(turns.map((t) => t.escalation.id));
    await endAll(
      s,
      escalations.filter((e) => !acted.has(e.id)),
    );
    await writeTurns(s.tx, s.org, s.now, turns);
    return {
      result: resultOf(turns),
      audit: { subject: subjectOf(turns), facts: { steps: turns.map(factsOf) } },
      // What is on display tells nothing of the steps, so most copies need no update: there may be dozens.
      shows: [
        ...turns.flatMap((turn) => messagesOf(turn, s.now, world.org.governanceChannel)),
        ...(world.org.restricted ? await endsInPerson(s.tx, s.org, turns) : []),
      ],
      changed: await changedBy(s, turns),
    };
  },
});

/** Undefined when nobody waits for it any more. */
function turnOf(world: World, escalation: Escalation): Turn | undefined {
  const issue = world.issues.get(escalation.issue);
  if (escalation.state === 'running' && issue?.state === 'open') return stepTurn(world, escalation, issue);
  if (escalation.state === 'watching' && issue?.state === 'acknowledged')
    return watchTurn(world, escalation, issue);
  return undefined;
}

/**
 * Those that still stand where this step expects them. The update changes nothing but locks the rows, so that of two
 * copies at the same moment the second finds them moved. No key is set: SQLite would look through all pings for it.
 */
async function take({ tx, org, now, input }: Scope<Input>): Promise<Escalation[]> {
  const { escalations } = tx.t;
  const expected = new Map(input.due.map((d) => [d.escalation, d]));
  await holdIssuesOf(tx, org, [...expected.keys()]);
  const rows = await tx
    .update(escalations)
    .set({ step: sql`${escalations.step}` })
    .where(
      and(
        eq(escalations.org, org),
        inArray(escalations.id, [...expected.keys()]),
        inArray(escalations.state, ['running', 'watching']),
      ),
    )
    .returning();
  return rows.filter((row) => {
    const { step, repeats } = expected.get(row.id)!;
    return row.step === step && row.repeats === repeats && row.nextAt !== null && row.nextAt <= now;
  });
}

async function endAll({ tx, org, now }: Scope<Input>, over: readonly Escalation[]): Promise<void> {
  const { escalations } = tx.t;
  if (over.length === 0) return;
  await tx
    .update(escalations)
    .set({ state: 'ended', nextAt: null, endedAt: now })
    .where(
      and(
        eq(escalations.org, org),
        inArray(
          escalations.id,
          over.map((e) => e.id),
        ),
      ),
    )
    .returning({ id: escalations.id });
}

const told = (turn: Turn) => turn.pings.filter((p) => p.outcome === 'pinged' || p.outcome === 'own doing');
const isEnd = (turn: Turn) =>
  turn.pings.some((p) => p.target === 'governance channel' && p.outcome !== 'away');

const resultOf = (turns: readonly Turn[]): Stepped => ({
  pinged: turns.reduce((n, t) => n + told(t).filter((p) => p.target !== 'governance channel').length, 0),
  passed: turns.reduce(
    (n, t) => n + t.pings.filter((p) => p.target !== 'governance channel' && isPassed(p.outcome)).length,
    0,
  ),
  governance: turns.filter(isEnd).length,
  reminded: turns.filter((t) => t.does === 'remind').length,
  restarted: turns.filter((t) => t.does === 'restart').length,
});

const isPassed = (outcome: string) => ['vacant', 'away', 'unreachable'].includes(outcome);

const subjectOf = ([first, ...others]: readonly Turn[]): string =>
  first === undefined || others.length > 0 ? 'escalations' : `issue:${first.issue.id}`;

const factsOf = (turn: Turn): JsonObject => ({
  ref: turn.issue.ref,
  does: turn.does,
  step: turn.escalation.step,
  round: turn.escalation.round,
  asked: turn.pings.map((p) => ({ target: p.target, person: p.person, outcome: p.outcome })),
  nextAt: turn.does === 'restart' ? null : (turn.set.nextAt ?? null),
});

/** What was snoozed, handed over or starts again is shown differently now. */
async function changedBy({ tx, org }: Scope<Input>, turns: readonly Turn[]): Promise<string[]> {
  const subjects: string[] = [];
  for (const { issue, does, tellsOf, set } of turns) {
    if (does === 'restart' || tellsOf || (issue.drill && set.state === 'ended'))
      subjects.push(...(await issueSubjects(tx, org, issue.id)));
  }
  return subjects;
}
