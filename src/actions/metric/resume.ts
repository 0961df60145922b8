import { z } from 'zod';
import { orgById } from '../../../db/orgs.ts';
import { dueAt, periodOf } from '../../domain/period.ts';
import { conflict } from '../../errors.ts';
import { defineAction } from '../action.ts';
import { atLeast, either, ownerOfNamedSeat } from '../allow.ts';
import { needAnyMetric, needSeat } from '../find.ts';
import { changeMetric } from './change.ts';

/** A paused metric awaits the present period, and none of those that passed meanwhile. */
export const resumeMetric = defineAction({
  name: 'metric.resume',
  input: z.object({ seat: z.string(), metric: z.string() }),
  allow: either(atLeast('governor'), ownerOfNamedSeat()),
  async run({ tx, org, now, input }) {
    const seat = await needSeat(tx, org, input.seat);
    const metric = await needAnyMetric(tx, org, seat, input.metric);
    if (metric.active) throw conflict(`${metric.name} of “${seat.key}” is not paused.`);
    const zone = (await orgById(tx, org))!.zone;
    const period = periodOf(metric.cadence, now, zone);
    await changeMetric(tx, metric, {
      active: true,
      pausedAt: null,
      pauseReason: null,
      pausedBy: null,
      awaitedFrom: now,
      duePeriod: period.key,
      dueAt: dueAt(period, zone),
    });
    return {
      result: { seat: seat.key, key: metric.key, name: metric.name, awaited: period.key },
      audit: {
        subject: `seat:${seat.id}`,
        facts: { metric: metric.id, key: metric.key, awaited: period.key },
      },
      changed: [`seat:${seat.id}`],
    };
  },
});
