import { needAnyMetric, needSeat } from '../../src/actions/find.ts';
import { pauseMetric } from '../../src/actions/metric/index.ts';
import { assertMay, perform } from '../../src/actions/perform.ts';
import { paragraph } from '../../src/ui/card.ts';
import type { FormSpec } from '../form.ts';
import { toMe } from '../reply.ts';
import { shownMetric } from '../metric-shown.ts';
import { texts } from './fields.ts';

export const metricPauseForm: FormSpec = {
  name: 'metric.pause',
  args: texts,
  async open(asked, args) {
    await assertMay(asked, pauseMetric, args);
    const db = asked.store.read;
    const seat = await needSeat(db, asked.org, args['seat'] ?? '');
    const metric = await needAnyMetric(db, asked.org, seat, args['metric'] ?? '');
    return {
      name: 'metric.pause',
      args: { seat: seat.key, metric: metric.key },
      title: 'Pause a number',
      submit: 'Pause',
      items: [
        {
          kind: 'hint',
          body: paragraph(
            `${metric.name} of ${seat.name} is shown as paused: nothing is awaited, nothing is judged, and nobody is asked for it.`,
          ),
        },
        {
          kind: 'long_text',
          name: 'because',
          label: 'Why',
          max: 500,
          placeholder: 'The claims system is migrated until May',
        },
      ],
    };
  },
  async submit(asked, args, filled) {
    await perform(asked, pauseMetric, { ...filled, ...args });
    return toMe(await shownMetric(asked, args['seat'] ?? '', args['metric'] ?? ''));
  },
};
