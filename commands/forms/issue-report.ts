import { newIssue } from '../../src/actions/issue/index.ts';
import { perform } from '../../src/actions/perform.ts';
import { metricOptions } from '../../src/queries/metric-options.ts';
import { quote } from '../../src/ui/card.ts';
import type { Field, Option } from '../../src/ui/form.ts';
import type { Args, Filled, FormSpec } from '../form.ts';
import { invalid } from '../../src/errors.ts';
import { shownIssue } from '../issue-shown.ts';
import { toMe } from '../reply.ts';
import { initial, seatField, texts } from './fields.ts';
import { quotable } from './quoted.ts';
import { severityField } from './severities.ts';

/** *Report drift*: from a message, or from a scorecard. The message is quoted and its link kept. */
export const issueReportForm: FormSpec = {
  name: 'issue.report',
  args: texts,
  async open(asked, args) {
    const text = args['quote'] ?? (args['text'] === undefined ? undefined : quotable(args['text']));
    const kept = { ...only('quote', text), ...only('link', args['link']) };
    const { options, here } = await metricOptions(
      asked.store.read,
      asked.org,
      await asked.channel(),
      args['seat'],
    );
    return {
      name: 'issue.report',
      args: { ...kept, ...only('seat', args['seat']) },
      title: 'Report drift',
      submit: 'Report',
      items: [
        ...(text === undefined || text === '' ? [] : [{ kind: 'hint' as const, body: quote(text) }]),
        await seatField(asked, args['seat'] ?? here),
        ...numberField(options, args),
        {
          kind: 'text',
          name: 'title',
          label: 'What is wrong',
          max: 200,
          placeholder: 'Answers cite a repealed rule',
        },
        { kind: 'long_text', name: 'detail', label: 'Details', optional: true, max: 3000 },
        severityField(args['severity'] ?? '3'),
      ],
    };
  },
  async submit(asked, args, filled) {
    const { id } = await perform(asked, newIssue, {
      ...withoutNumber(filled),
      ...numberOf(filled),
      kind: 'drift',
      ...only('quote', args['quote']),
      ...only('link', args['link']),
    });
    return toMe(await shownIssue(asked, id));
  },
};

const only = (name: string, text: string | undefined): Args =>
  text === undefined || text === '' ? {} : { [name]: text };

/** The numbers of the seat, or of all seats that report in the channel: `claims acceptance`. */
function numberField(options: readonly Option[], args: Args): Field[] {
  if (options.length === 0) return [];
  const known = `${args['seat'] ?? ''} ${args['metric'] ?? ''}`;
  return [
    {
      kind: 'select',
      name: 'metric',
      label: 'Number',
      optional: true,
      hint: 'Where the number has an open issue, your report joins it.',
      options,
      ...initial(options.some((o) => o.value === known) ? known : undefined),
    },
  ];
}

/** A number belongs to one seat: another one chosen beside it is a slip. */
function numberOf(filled: Filled): { metric?: string } {
  const { metric, seat } = filled;
  if (typeof metric !== 'string') return {};
  const [of, key] = metric.split(' ');
  if (of !== seat) {
    throw invalid(`This number belongs to “${of}”.`, {
      fields: { metric: `It belongs to ${of}: choose that seat, or no number.` },
    });
  }
  return key === undefined ? {} : { metric: key };
}

const withoutNumber = (filled: Filled): Filled =>
  Object.fromEntries(Object.entries(filled).filter(([name]) => name !== 'metric'));
