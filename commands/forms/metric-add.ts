import { addMetric } from '../../src/actions/metric/index.ts';
import { perform } from '../../src/actions/perform.ts';
import { numberCard } from '../../src/cards/answers.ts';
import { METRIC_CATEGORIES } from '../../src/domain/metric.ts';
import { slug } from '../../src/domain/seat.ts';
import type { FormSpec } from '../form.ts';
import { toMe } from '../reply.ts';
import { initial, optionsOf, seatField, texts } from './fields.ts';

export const metricAddForm: FormSpec = {
  name: 'metric.add',
  args: texts,
  open: async (asked, args) => ({
    name: 'metric.add',
    args: {},
    title: 'Add a number',
    submit: 'Add',
    items: [
      await seatField(asked, args['seat']),
      {
        kind: 'text',
        name: 'name',
        label: 'Name',
        placeholder: 'Acceptance rate',
        max: 80,
        ...initial(args['name'] ?? args['key']),
      },
      {
        kind: 'select',
        name: 'category',
        label: 'Category',
        options: optionsOf(METRIC_CATEGORIES),
        ...initial(METRIC_CATEGORIES.find((c) => c === args['category'])),
      },
      {
        kind: 'text',
        name: 'unit',
        label: 'Unit',
        optional: true,
        placeholder: '%',
        max: 20,
        ...initial(args['unit']),
      },
      {
        kind: 'select',
        name: 'direction',
        label: 'What is good',
        initial: 'higher',
        options: [
          { value: 'higher', label: 'higher is better' },
          { value: 'lower', label: 'lower is better' },
          { value: 'range', label: 'between two ends' },
        ],
      },
      {
        kind: 'number',
        name: 'target',
        label: 'Target',
        placeholder: '90',
        hint: 'For a range: its lower end.',
      },
      { kind: 'number', name: 'targetHigh', label: 'Upper end', optional: true, hint: 'Only for a range.' },
      {
        kind: 'number',
        name: 'tolerance',
        label: 'Tolerance',
        optional: true,
        placeholder: '5',
        hint: 'How far beyond the target is still yellow, in the same unit.',
      },
      {
        kind: 'person',
        name: 'owner',
        label: 'Whose number is it',
        initial: asked.me.id,
        hint: 'They log it every week.',
      },
    ],
  }),
  async submit(asked, _args, filled) {
    const metric = await perform(asked, addMetric, { ...filled, key: slug(String(filled['name'] ?? '')) });
    return toMe(numberCard(metric));
  },
};
