import { z } from 'zod';
import { metricByKey } from '../../../db/metrics.ts';
import { orgById } from '../../../db/orgs.ts';
import { SENSITIVITIES } from '../../domain/drift/types.ts';
import { DIRECTIONS, METRIC_CATEGORIES, METRIC_SOURCES, formatTarget } from '../../domain/metric.ts';
import { CADENCES, dueAt, periodOf } from '../../domain/period.ts';
import { parseKey } from '../../domain/seat.ts';
import { conflict } from '../../errors.ts';
import { newId } from '../../ids.ts';
import { capital } from '../../text.ts';
import { defineAction } from '../action.ts';
import { atLeast, either, ownerOfNamedSeat } from '../allow.ts';
import { needMember, needSeat } from '../find.ts';
import { oneOf, optionalText, typedNumber } from '../inputs.ts';
import { checkedTarget } from './checked-target.ts';
import { filledFromCatalogue } from './usual.ts';

const fields = z.object({
  /** Key of the seat. */
  seat: z.string(),
  key: z.string().transform((text) => parseKey(text, 'metric')),
  name: optionalText('the name of the number', 80),
  category: oneOf('a category', METRIC_CATEGORIES),
  unit: z.string().trim().max(20, 'Please keep the unit within 20 characters.').default(''),
  direction: oneOf('a direction', DIRECTIONS),
  target: typedNumber('the target'),
  targetHigh: typedNumber('the upper end of the target').optional(),
  tolerance: typedNumber('the tolerance').default(0),
  cadence: oneOf('a cadence', CADENCES).default('weekly'),
  /** Where readings are expected from. */
  source: oneOf('a source', METRIC_SOURCES).default('chat'),
  sensitivity: oneOf('a sensitivity', SENSITIVITIES).default('standard'),
  /** Person id of who owns the number; the adder when left out. */
  owner: z.string().optional(),
});
const input = z.preprocess(filledFromCatalogue, fields);

/** Gives a seat a number; one of the catalogue needs only its target. Its first reading is awaited for the period in which it was added. */
export const addMetric = defineAction({
  name: 'metric.add',
  input,
  allow: either(atLeast('governor'), ownerOfNamedSeat()),
  async run({ tx, org, now, input, person }) {
    const seat = await needSeat(tx, org, input.seat);
    if ((await metricByKey(tx, org, seat.id, input.key)) !== undefined) {
      throw conflict(`Seat “${seat.key}” already has a number “${input.key}”.`, {
        fields: { key: 'This key is taken.' },
      });
    }
    const { direction, target, targetHigh, tolerance } = checkedTarget(
      input,
      `metric add ${seat.key} ${input.key} ${input.category} "${input.unit}" range 18 2 high=22`,
    );
    const zone = (await orgById(tx, org))!.zone;
    const period = periodOf(input.cadence, now, zone);
    const { category, unit, cadence, source, sensitivity, key } = input;
    const id = newId();
    const owner = (await needMember(tx, org, input.owner ?? person!.id, 'own a number', 'owner')).id;
    await tx.insert(tx.t.metrics).values({
      org,
      id,
      seat: seat.id,
      key,
      name: input.name ?? capital(key),
      category,
      unit,
      direction,
      target,
      targetHigh,
      tolerance,
      cadence,
      owner,
      source,
      sensitivity,
      active: true,
      duePeriod: period.key,
      dueAt: dueAt(period, zone),
      createdAt: now,
    });
    return {
      result: {
        id,
        seat: seat.key,
        key,
        target: formatTarget({ direction, target, targetHigh, tolerance }, unit),
      },
      audit: {
        subject: `seat:${seat.id}`,
        facts: {
          metric: id,
          key,
          category,
          unit,
          direction,
          target,
          targetHigh,
          tolerance,
          cadence,
          source,
          sensitivity,
          owner,
        },
      },
      changed: [`seat:${seat.id}`],
    };
  },
});
