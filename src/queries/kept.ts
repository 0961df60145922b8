import { personById } from '../../db/people.ts';
import type { Db } from '../../db/store.ts';
import type { Instant } from '../clock.ts';
import { keptAt } from '../domain/one-time-code.ts';

/** What this person wanted to do and may do now; null when there is nothing, or it is over a day old. */
export const presentKept = async (db: Db, org: string, person: string, now: Instant) =>
  keptAt((await personById(db, org, person))?.kept ?? null, now);
