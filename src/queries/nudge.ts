import { type AwaitedWords, awaitedFor } from '../../db/nudges.ts';
import { channelById, orgById } from '../../db/orgs.ts';
import { personById } from '../../db/people.ts';
import { listSeats } from '../../db/seats.ts';
import type { Db } from '../../db/store.ts';
import type { Instant } from '../clock.ts';

/** What one person still owes the digests of some channels. */
export interface NudgeView extends AwaitedWords {
  readonly at: Instant;
  readonly zone: string;
  readonly channels: readonly string[];
  /** False once the person wants no reminders. */
  readonly wanted: boolean;
}

/**
 * What is missing from `person` for the digests at `at` of these channels, by present data. A day that has not begun at
 * `now` cannot be logged yet, so it is not asked for.
 */
export async function loadNudge(
  db: Db,
  org: string,
  person: string,
  channels: readonly string[],
  at: Instant,
  now: Instant,
): Promise<NudgeView> {
  const { zone } = (await orgById(db, org))!;
  const [who, found] = await Promise.all([
    personById(db, org, person),
    Promise.all(channels.map((channel) => channelById(db, org, channel))),
  ]);
  const seats = await Promise.all(channels.map((channel) => listSeats(db, org, { channel })));
  const { numbers, priorities } = await awaitedFor(db, org, zone, seats.flat(), at);
  return {
    at,
    zone: who?.zone ?? zone,
    channels: found.flatMap((channel) => channel?.name ?? []),
    wanted: who?.active === true && who.nudges,
    numbers: numbers.filter(({ metric, period }) => metric.owner === person && period.start <= now),
    priorities: priorities.filter((priority) => priority.owner === person),
  };
}
