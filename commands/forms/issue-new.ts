import { newIssue } from '../../src/actions/issue/index.ts';
import { perform } from '../../src/actions/perform.ts';
import { ISSUE_KINDS } from '../../src/domain/issue.ts';
import { clip } from '../../src/text.ts';
import type { FormSpec } from '../form.ts';
import { shownIssue } from '../issue-shown.ts';
import { toMe } from '../reply.ts';
import { initial, optionsOf, seatField, texts } from './fields.ts';
import { severityField } from './severities.ts';

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
      severityField(args['severity'] ?? '3'),
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
