import type { Db } from '../../../db/store.ts';
import { recordSlot } from '../../../db/work.ts';
import { HOUR, type Instant } from '../../clock.ts';
import { type Rule, instantsBetween, latestInstant } from '../../domain/calendar.ts';

/** A digest that is later than this is not posted any more: the next one is near enough. */
const DIGEST_GRACE = 36 * HOUR;

export type SlotOutcome = 'on time' | 'late' | 'missed';

interface Due {
  readonly org: string;
  readonly job: string;
  readonly target: string;
  readonly rule: Rule;
  readonly zone: string;
  /** The slot that was due first. */
  readonly nominal: Instant;
}

/**
 * Claims the latest slot that has come; older ones are recorded as missed. `posted` is false when another copy was
 * first, or when it is too late to be worth a post.
 */
export async function claimSlot(
  tx: Db,
  { org, job, target, rule, zone, nominal }: Due,
  now: Instant,
): Promise<{ latest: Instant; outcome: SlotOutcome; posted: boolean }> {
  const latest = Math.max(nominal, latestInstant(rule, zone, now));
  const outcome = now - latest > DIGEST_GRACE ? 'missed' : now - latest > HOUR ? 'late' : 'on time';
  const slot = { org, job, target, ranAt: now };
  if (latest !== nominal) {
    const between = instantsBetween(rule, zone, nominal, latest - 1);
    for (const at of [nominal, ...between]) await recordSlot(tx, { ...slot, nominal: at, outcome: 'missed' });
  }
  const first = await recordSlot(tx, { ...slot, nominal: latest, outcome });
  return { latest, outcome, posted: first && outcome !== 'missed' };
}
