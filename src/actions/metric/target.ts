import { z } from 'zod';
import { DIRECTIONS, formatTarget } from '../../domain/metric.ts';
import { invalid } from '../../errors.ts';
import { newId } from '../../ids.ts';
import { defineAction } from '../action.ts';
import { atLeast, either, ownerOfNamedSeat } from '../allow.ts';
import { needAnyMetric, needSeat } from '../find.ts';
import { oneOf, sentence, typedNumber } from '../inputs.ts';
import { changeMetric } from './change.ts';
import { checkedTarget } from './checked-target.ts';

const input = z.object({
  seat: z.string(),
  metric: z.string(),
  target: typedNumber('the target'),
  targetHigh: typedNumber('the upper end of the target').optional(),
  /** As it was when left out; so is the direction. */
  tolerance: typedNumber('the tolerance').optional(),
  direction: oneOf('a direction', DIRECTIONS).optional(),
  because: sentence('the reason for the new target', 1000),
});

/**
 * Sets another target from now on, and keeps what it was until now with the reason: a reading is judged by the target
 * that was in force when its period ended.
 */
export const setTarget = defineAction({
  name: 'metric.target',
  input,
  allow: either(atLeast('governor'), ownerOfNamedSeat()),
  async run({ tx, org, now, input, person }) {
    const seat = await needSeat(tx, org, input.seat);
    const metric = await needAnyMetric(tx, org, seat, input.metric);
    const direction = input.direction ?? metric.direction;
    const next = checkedTarget(
      {
        direction,
        target: input.target,
        tolerance: input.tolerance ?? metric.tolerance,
        targetHigh: input.targetHigh ?? metric.targetHigh ?? undefined,
      },
      `metric target ${seat.key} ${metric.key} 18 2 high=22 direction=range because="…"`,
    );
    const was = {
      direction: metric.direction,
      target: metric.target,
      targetHigh: metric.targetHigh,
      tolerance: metric.tolerance,
    };
    const same = (Object.keys(was) as (keyof typeof was)[]).every((field) => was[field] === next[field]);
    if (same) {
      throw invalid(`The target of ${metric.name} is ${formatTarget(next, metric.unit)} already.`, {
        fields: { target: 'It is so already.' },
      });
    }
    await changeMetric(tx, metric, next);
    await tx.insert(tx.t.targetChanges).values({
      org,
      id: newId(),
      metric: metric.id,
      until: now,
      by: person!.id,
      reason: input.because,
      ...was,
    });
    return {
      result: {
        seat: seat.key,
        key: metric.key,
        was: formatTarget(was, metric.unit),
        target: formatTarget(next, metric.unit),
      },
      audit: {
        subject: `seat:${seat.id}`,
        facts: { metric: metric.id, key: metric.key, was, now: { ...next } },
        text: { because: input.because },
      },
      changed: [`seat:${seat.id}`],
    };
  },
});
