import { and, eq, isNotNull } from 'drizzle-orm';
import { z } from 'zod';
import { seatsOwnedBy } from '../../../db/owners.ts';
import type { Db } from '../../../db/store.ts';
import { type Effects, defineAction } from '../action.ts';
import { onlyCoxswain } from '../allow.ts';
import { type Opened, openIssue } from '../issue/open-issue.ts';

type Owned = Awaited<ReturnType<typeof seatsOwnedBy>>;

/** One issue for each seat that lost owners: somebody has to name new ones. */
async function openForVacated(tx: Db, org: string, now: number, owned: Owned): Promise<Effects<Opened>[]> {
  const opened: Effects<Opened>[] = [];
  for (const group of Map.groupBy(owned, (o) => o.seat.id).values()) {
    const roles = group.map((o) => o.role).join(', ');
    const title = `Without ${roles} owner: the account was deactivated`;
    const signal = { kind: 'person', sentence: `The ${roles} owner has left. Name somebody else.`, period: null } as const;
    opened.push(await openIssue(tx, { org, now, seat: group[0]!.seat, metric: null, kind: 'blocker', severity: 3, title, openedBy: null, signal }));
  }
  return opened;
}

/** The platform deactivated an account: its roles become vacant, and each seat that lost one gets an issue. */
export const leaveOrg = defineAction({
  name: 'org.leave',
  input: z.object({ person: z.string() }),
  allow: onlyCoxswain,
  async run({ tx, org, now, input }) {
    const { people, owners } = tx.t;
    const owned = await seatsOwnedBy(tx, org, input.person);
    await tx
      .update(people)
      .set({ active: false })
      .where(and(eq(people.org, org), eq(people.id, input.person)))
      .returning({ id: people.id });
    await tx
      .update(owners)
      .set({ endedAt: now, present: null })
      .where(and(eq(owners.org, org), eq(owners.person, input.person), isNotNull(owners.present)))
      .returning({ id: owners.id });
    const opened = await openForVacated(tx, org, now, owned);
    return {
      result: { vacated: owned.length },
      audit: { subject: `person:${input.person}`, facts: { active: false, vacated: owned.map((o) => `${o.seat.key}:${o.role}`) } },
      shows: opened.flatMap((effects) => effects.shows ?? []),
      changed: [...owned.map((o) => `seat:${o.seat.id}`), `offers:${input.person}`],
    };
  },
});
