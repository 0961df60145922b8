import { needAnyMetric, needSeat } from '../../src/actions/find.ts';
import { setTarget } from '../../src/actions/metric/index.ts';
import { assertMay, perform } from '../../src/actions/perform.ts';
import { targetCard } from '../../src/cards/metric.ts';
import { paragraph } from '../../src/ui/card.ts';
import type { FormSpec } from '../form.ts';
import { toMe } from '../reply.ts';
import { initial, texts } from './fields.ts';
import { directionField } from './metric-fields.ts';

/** The target with the present one filled in; why it changes has to be said. */
export const metricTargetForm: FormSpec = {
  name: 'metric.target',
  args: texts,
  async open(asked, args) {
    await assertMay(asked, setTarget, args);
    const db = asked.store.read;
    const seat = await needSeat(db, asked.org, args['seat'] ?? '');
    const metric = await needAnyMetric(db, asked.org, seat, args['metric'] ?? '');
    const unit = metric.unit === '' ? '' : ` (${metric.unit})`;
    const high = args['targetHigh'] ?? (metric.targetHigh === null ? undefined : String(metric.targetHigh));
    return {
      name: 'metric.target',
      args: { seat: seat.key, metric: metric.key },
      title: 'New target',
      submit: 'Set target',
      items: [
        {
          kind: 'hint',
          body: paragraph(
            `${metric.name} of ${seat.name}. Past periods keep the status that they had under the present target.`,
          ),
        },
        {
          kind: 'number',
          name: 'target',
          label: `Target${unit}`,
          initial: args['target'] ?? String(metric.target),
        },
        {
          kind: 'number',
          name: 'targetHigh',
          label: 'Upper end',
          optional: true,
          hint: 'Only for a range.',
          ...initial(high),
        },
        {
          kind: 'number',
          name: 'tolerance',
          label: 'Tolerance',
          hint: 'How far beyond the target is still yellow, in the same unit.',
          initial: args['tolerance'] ?? String(metric.tolerance),
        },
        directionField(args['direction'] ?? metric.direction),
        {
          kind: 'long_text',
          name: 'because',
          label: 'Why',
          max: 1000,
          placeholder: 'The new prompt has held 92 % for six weeks',
          ...initial(args['because']),
        },
      ],
    };
  },
  async submit(asked, args, filled) {
    return toMe(targetCard(await perform(asked, setTarget, { ...filled, ...args })));
  },
};
