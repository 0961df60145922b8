import { z } from 'zod';
import { conflict } from '../../errors.ts';
import { defineAction } from '../action.ts';
import { atLeast, either, ownerOfNamedSeat } from '../allow.ts';
import { needAnyMetric, needSeat } from '../find.ts';
import { sentence } from '../inputs.ts';
import { changeMetric } from './change.ts';

/** Nothing is awaited of a paused metric and nothing is judged. Its readings, and an issue that is open, stay. */
export const pauseMetric = defineAction({
  name: 'metric.pause',
  input: z.object({
    seat: z.string(),
    metric: z.string(),
    because: sentence('the reason for the pause', 500),
  }),
  allow: either(atLeast('governor'), ownerOfNamedSeat()),
  async run({ tx, org, now, input, person }) {
    const seat = await needSeat(tx, org, input.seat);
    const metric = await needAnyMetric(tx, org, seat, input.metric);
    if (!metric.active) throw conflict(`${metric.name} of “${seat.key}” is paused already.`);
    await changeMetric(tx, metric, {
      active: false,
      pausedAt: now,
      pauseReason: input.because,
      pausedBy: person!.id,
    });
    return {
      result: { seat: seat.key, key: metric.key, name: metric.name },
      audit: {
        subject: `seat:${seat.id}`,
        facts: { metric: metric.id, key: metric.key },
        text: { because: input.because },
      },
      changed: [`seat:${seat.id}`],
    };
  },
});
