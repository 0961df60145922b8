import { newIssue } from '../../src/actions/issue/index.ts';
import { perform } from '../../src/actions/perform.ts';
import { ISSUE_KINDS, SEVERITY_WORDS } from '../../src/domain/issue.ts';
import { clip } from '../../src/text.ts';
import type { FormSpec } from '../form.ts';
import { shownIssue } from '../issue.ts';
import { toMe } from '../reply.ts';
import { initial, optionsOf, seatField, texts } from './fields.ts';

const severities = Object.entries(SEVERITY_WORDS).map(([value, word]) => ({
  value,
  label: `${value} ${word}`,
}));

export const issueNewForm: FormSpec = {
  name: 'issue.new',
  args: texts,
  open: async (asked, args) => ({
    name: 'issue.new',
    args: {},
    title: 'Raise an issue',
    submit: 'Raise',
    items: [
      await seatField(asked, args['seat']),
      {
        kind: 'text',
        name: 'title',
        label: 'What is wrong',
        max: 200,
        placeholder: 'Answers cite a repealed rule',
        ...initial(args['title'] ?? (args['text'] === undefined ? undefined : clip(args['text'], 120))),
      },
      {
        kind: 'long_text',
        name: 'detail',
        label: 'Details',
        optional: true,
        max: 3000,
        ...initial(args['text'] ?? args['detail']),
      },
      {
        kind: 'select',
        name: 'severity',
        label: 'Severity',
        options: severities,
        initial: args['severity'] ?? '3',
        hint: 'Critical pings people day and night.',
      },
      {
        kind: 'select',
        name: 'kind',
        label: 'Kind',
        options: optionsOf(ISSUE_KINDS),
        initial: args['kind'] ?? 'incident',
      },
      {
        kind: 'text',
        name: 'link',
        label: 'Link',
        optional: true,
        max: 2000,
        placeholder: 'https://…',
        ...initial(args['link']),
      },
    ],
  }),
  async submit(asked, _args, filled) {
    const { id } = await perform(asked, newIssue, filled);
    return toMe(await shownIssue(asked, id));
  },
};
