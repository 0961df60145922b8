import { needAnyMetric, needSeat } from '../../src/actions/find.ts';
import { editMetric } from '../../src/actions/metric/index.ts';
import { assertMay, perform } from '../../src/actions/perform.ts';
import { paragraph } from '../../src/ui/card.ts';
import type { FormSpec } from '../form.ts';
import { toMe } from '../reply.ts';
import { shownMetric } from '../metric-shown.ts';
import { initial, texts } from './fields.ts';
import { cadenceField, categoryField, sensitivityField, sourceField } from './metric-fields.ts';

/** Everything about a number but its target, with the present values. */
export const metricEditForm: FormSpec = {
  name: 'metric.edit',
  args: texts,
  async open(asked, args) {
    await assertMay(asked, editMetric, args);
    const db = asked.store.read;
    const seat = await needSeat(db, asked.org, args['seat'] ?? '');
    const metric = await needAnyMetric(db, asked.org, seat, args['metric'] ?? '');
    return {
      name: 'metric.edit',
      args: { seat: seat.key, metric: metric.key },
      title: 'Edit a number',
      submit: 'Save',
      items: [
        { kind: 'hint', body: paragraph(`${metric.name} of ${seat.name}.`) },
        { kind: 'text', name: 'name', label: 'Name', max: 80, initial: metric.name },
        categoryField(metric.category),
        { kind: 'text', name: 'unit', label: 'Unit', optional: true, max: 20, ...initial(metric.unit) },
        {
          ...cadenceField(metric.cadence),
          hint: 'With another cadence the present period is awaited; what was logged stays.',
        },
        sourceField(metric.source),
        sensitivityField(metric.sensitivity),
        {
          kind: 'person',
          name: 'owner',
          label: 'Whose number is it',
          ...(metric.owner === null ? {} : { initial: metric.owner }),
        },
      ],
    };
  },
  async submit(asked, args, filled) {
    await perform(asked, editMetric, { unit: '', ...filled, ...args });
    return toMe(await shownMetric(asked, args['seat'] ?? '', args['metric'] ?? ''));
  },
};
