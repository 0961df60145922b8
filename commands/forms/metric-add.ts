import { addMetric } from '../../src/actions/metric/index.ts';
import { perform } from '../../src/actions/perform.ts';
import { numberCard } from '../../src/cards/metric.ts';
import { METRIC_CATALOGUE, usualMetric } from '../../src/domain/metric-catalogue.ts';
import { slug } from '../../src/domain/seat.ts';
import { invalid } from '../../src/errors.ts';
import type { FormSpec } from '../form.ts';
import { toMe } from '../reply.ts';
import { initial, seatField, texts, typedIn } from './fields.ts';
import { cadenceField, categoryField, directionField, sourceField } from './metric-fields.ts';

const FROM_USUAL = 'Left empty, it is taken from the usual number.';

/** A usual number needs only its target; every field that is filled in stands. */
export const metricAddForm: FormSpec = {
  name: 'metric.add',
  args: texts,
  open: async (asked, args) => {
    const usual = usualMetric(args['key'] ?? '');
    const name = args['name'] ?? (usual === undefined ? args['key'] : undefined);
    return {
      name: 'metric.add',
      args: {},
      title: 'Add a number',
      submit: 'Add',
      items: [
        await seatField(asked, args['seat']),
        {
          kind: 'select',
          name: 'usual',
          label: 'A usual number',
          optional: true,
          hint: 'It fills in what is left empty below, but the target. Without one, fill in all.',
          options: METRIC_CATALOGUE.map((m) => ({
            value: m.key,
            label: `${m.name} (${m.unit}), ${m.category}`,
          })),
          ...initial(usual?.key),
        },
        {
          kind: 'text',
          name: 'name',
          label: 'Name',
          optional: true,
          placeholder: 'Acceptance rate',
          hint: FROM_USUAL,
          max: 80,
          ...initial(name),
        },
        { ...categoryField(args['category']), optional: true, hint: FROM_USUAL },
        {
          kind: 'text',
          name: 'unit',
          label: 'Unit',
          optional: true,
          placeholder: '%',
          max: 20,
          ...initial(args['unit']),
        },
        { ...directionField(args['direction']), optional: true },
        {
          kind: 'number',
          name: 'target',
          label: 'Target',
          placeholder: '90',
          hint: 'For a range: its lower end.',
          ...initial(args['target']),
        },
        { kind: 'number', name: 'targetHigh', label: 'Upper end', optional: true, hint: 'Only for a range.' },
        {
          kind: 'number',
          name: 'tolerance',
          label: 'Tolerance',
          optional: true,
          placeholder: '5',
          hint: 'How far beyond the target is still yellow, in the same unit.',
          ...initial(args['tolerance']),
        },
        cadenceField(args['cadence'] ?? 'weekly'),
        sourceField(args['source'] ?? 'chat'),
        {
          kind: 'person',
          name: 'owner',
          label: 'Whose number is it',
          initial: asked.me.id,
          hint: 'They log it, or answer for the machine that does.',
        },
      ],
    };
  },
  async submit(asked, _args, filled) {
    const { usual, ...rest } = filled;
    const key = usual ?? slug(typedIn(filled, 'name'));
    if (key === '') {
      const sentence = 'Give it a name, or choose a usual number.';
      throw invalid(sentence, { fields: { name: sentence } });
    }
    return toMe(numberCard(await perform(asked, addMetric, { ...rest, key })));
  },
};
