import { and, eq, isNotNull } from 'drizzle-orm';
import { seatsOwnedBy } from '../../../db/owners.ts';
import { peopleWithRole } from '../../../db/people.ts';
import type { Db } from '../../../db/store.ts';
import type { Effects } from '../action.ts';
import { type Opened, openIssue } from '../issue/open-issue.ts';
import { takeBackRequests } from '../score/index.ts';

interface Leaving {
  readonly org: string;
  readonly now: number;
  readonly person: string;
  /** What became of the account, for the titles of issues: `was deactivated`. */
  readonly what: string;
}

type Owned = Awaited<ReturnType<typeof seatsOwnedBy>>;

/** One issue for each seat that lost owners: somebody has to name new ones. */
async function openForVacated(tx: Db, { org, now, what }: Leaving, owned: Owned): Promise<Effects<Opened>[]> {
  const opened: Effects<Opened>[] = [];
  for (const group of Map.groupBy(owned, (o) => o.seat.id).values()) {
    const roles = group.map((o) => o.role).join(', ');
    const title = `Without ${roles} owner: the account ${what}`;
    const signal = {
      kind: 'person',
      sentence: `The ${roles} owner has left. Name somebody else.`,
      period: null,
    } as const;
    opened.push(
      await openIssue(tx, {
        org,
        now,
        seat: group[0]!.seat,
        metric: null,
        kind: 'blocker',
        severity: 3,
        title,
        openedBy: null,
        signal,
      }),
    );
  }
  return opened;
}

/**
 * Takes every role from somebody who is no active member any more: seats become vacant, and each that lost an owner
 * gets an issue. Scores that were asked of them are not waited for. The last admin keeps that role, which is asleep
 * meanwhile: else nobody could ever give it again.
 */
export async function loseRoles(
  tx: Db,
  leaving: Leaving,
): Promise<
  Pick<Effects<unknown>, 'shows' | 'changed' | 'followUps'> & {
    vacated: string[];
    requests: readonly string[];
  }
> {
  const { org, now, person } = leaving;
  const { people, owners } = tx.t;
  const owned = await seatsOwnedBy(tx, org, person);
  const [admin, ...others] = await peopleWithRole(tx, org, 'admin');
  if (admin?.id !== person || others.length > 0) {
    await tx
      .update(people)
      .set({ role: 'member' })
      .where(and(eq(people.org, org), eq(people.id, person)))
      .returning({ id: people.id });
  }
  await tx
    .update(owners)
    .set({ endedAt: now, present: null })
    .where(and(eq(owners.org, org), eq(owners.person, person), isNotNull(owners.present)))
    .returning({ id: owners.id });
  const opened = await openForVacated(tx, leaving, owned);
  const { requests, changed, followUps } = await takeBackRequests(tx, org, now, { reviewer: person });
  return {
    vacated: owned.map((o) => `${o.seat.key}:${o.role}`),
    requests,
    shows: opened.flatMap((effects) => effects.shows ?? []),
    changed: [...owned.map((o) => `seat:${o.seat.id}`), `offers:${person}`, ...changed],
    followUps: [...followUps, ...opened.flatMap((effects) => effects.followUps ?? [])],
  };
}
