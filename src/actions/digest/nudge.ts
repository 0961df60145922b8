import { and, eq } from 'drizzle-orm';
import { z } from 'zod';
import { type Digest, digestById } from '../../../db/digests.ts';
import { type Wanted, messageByKey } from '../../../db/messages.ts';
import { awaitedFor } from '../../../db/nudges.ts';
import { orgById } from '../../../db/orgs.ts';
import { type Person, peopleByIds } from '../../../db/people.ts';
import { listSeats } from '../../../db/seats.ts';
import type { Db } from '../../../db/store.ts';
import type { Instant } from '../../clock.ts';
import { type Planned, nextPlanning, nudgeWindow, nudgesOf } from '../../domain/nudge.ts';
import { calendarOf } from '../../holidays.ts';
import { type Effects, defineAction } from '../action.ts';
import { onlyCoxswain } from '../allow.ts';
import { nudgeSubject } from '../subjects.ts';

const input = z.object({
  digest: z.string(),
  /** The instant for which planning was due. */
  planned: z.number(),
});

/**
 * Plans the reminders of one digest that come before it is planned again: one message a person and time, in their own
 * working hours, to whom something is missing. What is still missing is looked up again when a message is sent.
 */
export const nudgeForDigest = defineAction({
  name: 'digest.nudge',
  input,
  allow: onlyCoxswain,
  async run({ tx, org, now, input }) {
    const { digests } = tx.t;
    const digest = (await digestById(tx, org, input.digest))!;
    const next = nextPlanning(digest.nextAt, now);
    const audit = {
      subject: `channel:${digest.channel}`,
      facts: { digest: digest.id, planned: input.planned },
    };
    const [moved] = await tx
      .update(digests)
      .set({ nudgeAt: next })
      .where(
        and(
          eq(digests.org, org),
          eq(digests.id, digest.id),
          eq(digests.nudgeAt, input.planned),
          eq(digests.active, true),
        ),
      )
      .returning({ id: digests.id });
    // After a stop the digest itself may be due already: then there is nothing left to remind of.
    if (moved === undefined || now >= digest.nextAt) {
      return { result: { people: 0 }, audit } satisfies Effects<unknown>;
    }
    const until = next ?? digest.nextAt;
    const shows: Wanted[] = [];
    const people = await whoMisses(tx, org, digest);
    for (const person of people) {
      for (const planned of nudgesOf(digest.nextAt, now, calendarOf(person))) {
        const away = person.awayUntil !== null && person.awayUntil > planned.at;
        if (planned.at < until && !away) shows.push(await nudgeMessage(tx, org, person.id, digest, planned));
      }
    }
    return {
      result: { people: shows.length },
      audit: { ...audit, facts: { ...audit.facts, people: shows.map((one) => one.to.id) } },
      shows,
      // An earlier reminder tells what is still missing by now.
      changed: shows.map((one) => one.subject),
    };
  },
});

async function whoMisses(tx: Db, org: string, { channel, nextAt }: Digest): Promise<Person[]> {
  const zone = (await orgById(tx, org))!.zone;
  const seats = await listSeats(tx, org, { channel });
  const { numbers, priorities } = await awaitedFor(tx, org, zone, seats, nextAt);
  const ids = [...numbers.flatMap(({ metric }) => metric.owner ?? []), ...priorities.map((p) => p.owner)];
  const people = await peopleByIds(tx, org, ids);
  return [...people.values()].filter(({ active, guest, nudges }) => active && !guest && nudges);
}

/** Digests of several channels at about the same time share a reminder. */
async function nudgeMessage(
  tx: Db,
  org: string,
  person: string,
  digest: Digest,
  { nudge, at }: Planned,
): Promise<Wanted> {
  const window: Instant = nudgeWindow(digest.nextAt);
  const key = `nudge:${person}:${nudge}:${window}`;
  const known = z
    .object({ channels: z.array(z.string()), at: z.number() })
    .safeParse((await messageByKey(tx, org, key))?.args).data;
  return {
    key,
    to: { kind: 'person', id: person },
    view: 'nudge',
    args: {
      person,
      channels: [...new Set([...(known?.channels ?? []), digest.channel])],
      at: Math.max(known?.at ?? 0, digest.nextAt),
    },
    subject: nudgeSubject(person, window),
    notBefore: at,
  };
}
