import { eq } from 'drizzle-orm';
import { issuesOfSeat } from '../../db/issues.ts';
import { destinationChannel } from '../../db/orgs.ts';
import { actingPerson } from '../../db/people.ts';
import type { Db } from '../../db/store.ts';
import { hiddenFrom, keepRestricted, sightOfChannel, sightOfPerson } from '../../db/visibility.ts';
import type { Busy } from '../support/two-orgs.ts';

/** Part of READS. */
export const VISIBILITY_READS: Readonly<Record<string, (b: Busy, db: Db, org: string) => unknown>> = {
  hiddenFrom: (b, db, org) => hiddenFrom(db, org, b.app.people.eli),
  sightOfPerson: async (b, db, org) => {
    const me = { id: b.app.people.eli, role: 'member', active: true, guest: false } as const;
    return (await sightOfPerson(db, org, me, true)).sight;
  },
  sightOfChannel: async (b, db, org) => (await sightOfChannel(db, org, b.channel, true)).sight,
  actingPerson: (b, db, org) => actingPerson(db, org, b.app.people.bo),
  destinationChannel: (b, db, org) => destinationChannel(db, org, b.channel),
  issuesOfSeat: (b, db, org) => issuesOfSeat(db, org, b.seat),
};

/** Part of WRITES. */
export const VISIBILITY_WRITES: Readonly<Record<string, (b: Busy, tx: Db, org: string) => Promise<unknown>>> =
  {
    keepRestricted: async (_, tx, org) => {
      const { seats } = tx.t;
      await tx
        .update(seats)
        .set({ visibility: 'everyone' })
        .where(eq(seats.org, org))
        .returning({ id: seats.id });
      await keepRestricted(tx, org);
    },
  };
