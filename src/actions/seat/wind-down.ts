import type { Db } from '../../../db/store.ts';
import type { FollowUp } from '../action.ts';
import { dropIssuesOf } from '../issue/index.ts';
import { dropPrioritiesOf } from '../priority/index.ts';
import { takeBackRequests } from '../score/index.ts';

interface Retired {
  readonly org: string;
  readonly now: number;
  readonly by: string;
  /** Id of the seat. */
  readonly seat: string;
  readonly because: string;
}

export interface WoundDown {
  /** Names of the issues and priorities that ended with the seat. */
  readonly issues: readonly string[];
  readonly priorities: readonly string[];
  readonly changed: readonly string[];
  readonly followUps: readonly FollowUp[];
}

export const NOTHING_ENDED: WoundDown = { issues: [], priorities: [], changed: [], followUps: [] };

/**
 * What was open about a seat that is retired ends with it, so that nobody is asked about it any more. Its numbers are not
 * awaited while it is retired, and are again when it comes back.
 */
export async function windDown(tx: Db, { org, now, by, seat, because }: Retired): Promise<WoundDown> {
  const note = `The seat was retired: ${because}`.slice(0, 1000).toWellFormed();
  const requests = await takeBackRequests(tx, org, now, { seat });
  const issues = await dropIssuesOf(tx, { org, now, by, seat, because: note });
  const priorities = await dropPrioritiesOf(tx, { org, now, seat, note });
  return {
    issues: issues.refs,
    priorities,
    changed: [...requests.changed, ...issues.changed],
    followUps: requests.followUps,
  };
}
