import { z } from 'zod';
import { type Metric } from '../../../db/metrics.ts';
import { orgById } from '../../../db/orgs.ts';
import { SENSITIVITIES } from '../../domain/drift/types.ts';
import { METRIC_CATEGORIES, METRIC_SOURCES } from '../../domain/metric.ts';
import { CADENCES, dueAt, periodOf } from '../../domain/period.ts';
import { invalid } from '../../errors.ts';
import { defineAction } from '../action.ts';
import { atLeast, either, ownerOfNamedSeat } from '../allow.ts';
import { needAnyMetric, needMember, needSeat } from '../find.ts';
import { oneOf, optionalText } from '../inputs.ts';
import { changeMetric } from './change.ts';

const input = z.object({
  /** Key of the seat. */
  seat: z.string(),
  /** Key of the metric. */
  metric: z.string(),
  name: optionalText('the name of the number', 80),
  /** Person id. */
  owner: z.string().optional(),
  cadence: oneOf('a cadence', CADENCES).optional(),
  source: oneOf('a source', METRIC_SOURCES).optional(),
  sensitivity: oneOf('a sensitivity', SENSITIVITIES).optional(),
  category: oneOf('a category', METRIC_CATEGORIES).optional(),
  unit: z.string().trim().max(20, 'Please keep the unit within 20 characters.').optional(),
});

type Changes = Partial<
  Pick<Metric, 'name' | 'owner' | 'cadence' | 'source' | 'sensitivity' | 'category' | 'unit'>
>;
const EDITABLE = ['name', 'owner', 'cadence', 'source', 'sensitivity', 'category', 'unit'] as const;

/**
 * Changes what a metric is called, whose it is and how it comes; its target has an action of its own. With another
 * cadence the present period is awaited, and none before: readings of the old cadence stay as they are.
 */
export const editMetric = defineAction({
  name: 'metric.edit',
  input,
  allow: either(atLeast('governor'), ownerOfNamedSeat()),
  async run({ tx, org, now, input }) {
    const seat = await needSeat(tx, org, input.seat);
    const metric = await needAnyMetric(tx, org, seat, input.metric);
    const changes: Changes = Object.fromEntries(
      EDITABLE.flatMap((field) =>
        input[field] === undefined || input[field] === metric[field] ? [] : [[field, input[field]]],
      ),
    );
    if (Object.keys(changes).length === 0) {
      throw invalid('Nothing would change: all of it is so already.', {
        hint: `metric edit ${seat.key} ${metric.key} name="…" owner=@… cadence=weekly`,
      });
    }
    if (changes.owner !== undefined && changes.owner !== null)
      await needMember(tx, org, changes.owner, 'own a number', 'owner');
    const anew = changes.cadence === undefined ? {} : await awaitedAnew(changes.cadence);
    await changeMetric(tx, metric, { ...changes, ...anew });
    const { name, ...rest } = changes;
    return {
      result: { id: metric.id, seat: seat.key, key: metric.key, changed: Object.keys(changes) },
      audit: {
        subject: `seat:${seat.id}`,
        facts: { metric: metric.id, key: metric.key, ...rest, changed: Object.keys(changes) },
        ...(name === undefined ? {} : { text: { name } }),
      },
      changed: [`seat:${seat.id}`],
    };

    async function awaitedAnew(cadence: Metric['cadence']) {
      const zone = (await orgById(tx, org))!.zone;
      const period = periodOf(cadence, now, zone);
      return { duePeriod: period.key, dueAt: dueAt(period, zone), awaitedFrom: now };
    }
  },
});
