import { and, eq, inArray } from 'drizzle-orm';
import type { Db } from '../../../db/store.ts';
import { newId } from '../../ids.ts';
import { closeDrill } from './close-drill.ts';
import { startRound } from './start.ts';
import type { Turn } from './turn.ts';

/** Rows of one insert: both engines take a limited number of values at once. */
const ROWS = 500;

/** Stores what escalations did: a few statements, however many there are. */
export async function writeTurns(tx: Db, org: string, now: number, turns: readonly Turn[]): Promise<void> {
  const { escalations } = tx.t;
  const alike = Map.groupBy(
    turns.filter((t) => t.does !== 'restart'),
    ({ set }) => JSON.stringify(set),
  );
  for (const group of alike.values()) {
    await tx
      .update(escalations)
      .set(group[0]!.set)
      .where(
        and(
          eq(escalations.org, org),
          inArray(
            escalations.id,
            group.map((t) => t.escalation.id),
          ),
        ),
      )
      .returning({ id: escalations.id });
  }
  await writePings(tx, org, now, turns);
  for (const turn of turns) await rareOnes(tx, org, now, turn);
}

async function writePings(tx: Db, org: string, now: number, turns: readonly Turn[]): Promise<void> {
  const { pings } = tx.t;
  const rows = turns.flatMap(({ escalation, issue, pings }) =>
    pings.map((p) => ({
      org,
      id: newId(),
      escalation: escalation.id,
      issue: issue.id,
      round: escalation.round,
      at: now,
      ...p,
    })),
  );
  for (let i = 0; i < rows.length; i += ROWS) await tx.insert(pings).values(rows.slice(i, i + ROWS));
}

/** What few of them do: start again, come back to who handed them over, end a drill. */
async function rareOnes(tx: Db, org: string, now: number, turn: Turn): Promise<void> {
  const { issues } = tx.t;
  const { issue, escalation } = turn;
  const same = and(eq(issues.org, org), eq(issues.id, issue.id));
  if (turn.does === 'restart') {
    await tx.update(issues).set({ state: 'open', assignee: null }).where(same).returning({ id: issues.id });
    await startRound(tx, {
      org,
      issue: issue.id,
      seat: issue.seat,
      severity: issue.severity,
      now,
      because: 'not solved in time',
    });
  } else if (turn.does === 'step' && escalation.handedTo !== null && issue.assignee === escalation.handedTo) {
    await tx.update(issues).set({ assignee: escalation.handedBy }).where(same).returning({ id: issues.id });
  }
  if (issue.drill && turn.set.state === 'ended') await closeDrill(tx, org, issue, now, null);
}
