import { z } from 'zod';
import { driftReadings } from '../../../db/drift.ts';
import { orgById } from '../../../db/orgs.ts';
import { FEWEST, FROZEN } from '../../domain/drift/types.ts';
import { periodFromKey } from '../../domain/period.ts';
import { invalid } from '../../errors.ts';
import { defineAction } from '../action.ts';
import { atLeast, either, ownerOfNamedSeat } from '../allow.ts';
import { needMetric, needSeat } from '../find.ts';
import { sentence } from '../inputs.ts';
import { rebaseline } from './rebaseline.ts';

const input = z.object({
  seat: z.string(),
  metric: z.string(),
  /** Key of the first period that belongs to the new baseline. */
  from: z.string({ error: 'Please give the period with which the baseline begins: from=2026-W40.' }),
  because: sentence('the reason for a new baseline', 1000),
});

/** A person says, with a reason, from which period on a number has its new normal. */
export const setBaseline = defineAction({
  name: 'metric.baseline',
  input,
  allow: either(atLeast('governor'), ownerOfNamedSeat()),
  async run({ tx, org, now, input, person }) {
    const seat = await needSeat(tx, org, input.seat);
    const metric = await needMetric(tx, org, seat, input.metric);
    const { zone } = (await orgById(tx, org))!;
    const from = periodFromKey(metric.cadence, input.from, zone);
    if (from.start > now) {
      throw invalid(`${from.key} has not begun yet: a baseline is made of readings that are there.`, {
        fields: { from: 'Give a period that has begun.' },
      });
    }
    const { because: reason } = input;
    await rebaseline(tx, { org, metric: metric.id, from: from.start, at: now, by: person!.id, reason });
    const readings = (await driftReadings(tx, org, [metric.id], from.start)).get(metric.id)?.length ?? 0;
    return {
      result: {
        seat: seat.key,
        metric: metric.key,
        name: metric.name,
        from: from.key,
        readings,
        judgedAfter: Math.max(0, FEWEST - readings),
        frozen: readings >= FROZEN,
      },
      audit: {
        subject: `seat:${seat.id}`,
        facts: { metric: metric.id, key: metric.key, baseline: from.key, readings },
        text: { because: reason },
      },
      changed: [`seat:${seat.id}`],
    };
  },
});
