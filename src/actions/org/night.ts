import { z } from 'zod';
import { moveNight } from '../../../db/nights.ts';
import { orgById } from '../../../db/orgs.ts';
import type { Db } from '../../../db/store.ts';
import { recordSlot } from '../../../db/work.ts';
import { HOUR, type Instant } from '../../clock.ts';
import { type Rule, nextInstant } from '../../domain/calendar.ts';
import { type FollowUp, defineAction } from '../action.ts';
import { onlyCoxswain } from '../allow.ts';
import { exportNightly } from '../audit/index.ts';
import { forgetOldImports } from '../inventory/index.ts';
import { sweepDrift } from '../drift/index.ts';
import { forgetNightly } from './forget.ts';

const NIGHT: Rule = { kind: 'daily', time: '03:00' };

/** When the nightly duties of an organisation in this zone run next. */
export const nextNight = (zone: string, after: Instant): Instant => nextInstant(NIGHT, zone, after);

/** What is done at night; `night` is the instant that it stands for. A new duty is one more line. */
const DUTIES: readonly ((tx: Db, org: string, night: Instant) => Promise<FollowUp[]>)[] = [
  sweepDrift,
  forgetOldImports,
  exportNightly,
  forgetNightly,
];

/**
 * The nightly duties of an organisation, at 03:00 of its zone, as follow-ups. After a stop they run once; an
 * organisation that has no night yet gets one.
 */
export const runNight = defineAction({
  name: 'org.night',
  /** The night that was found due; null when none was set. */
  input: z.object({ night: z.number().nullable() }),
  allow: onlyCoxswain,
  async run({ tx, org, now, input: { night } }) {
    const { zone } = (await orgById(tx, org))!;
    const next = nextNight(zone, now);
    const moved = await moveNight(tx, org, night, next);
    const first =
      moved &&
      night !== null &&
      (await recordSlot(tx, {
        org,
        job: 'night',
        target: org,
        nominal: night,
        ranAt: now,
        outcome: now - night > HOUR ? 'late' : 'on time',
      }));
    const followUps: FollowUp[] = [];
    if (first) for (const duty of DUTIES) followUps.push(...(await duty(tx, org, night)));
    return {
      result: { ran: first, next },
      audit: { subject: `org:${org}`, facts: { night, next, duties: followUps.length } },
      followUps,
    };
  },
});
