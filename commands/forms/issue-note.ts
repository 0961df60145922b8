import { noteIssue } from '../../src/actions/issue/index.ts';
import { perform } from '../../src/actions/perform.ts';
import { paragraph } from '../../src/ui/card.ts';
import type { FormSpec } from '../form.ts';
import { say } from '../reply.ts';
import { threadIssue } from '../thread-issue.ts';
import { initial, texts, typedIn } from './fields.ts';
import { issueField } from './issue-fields.ts';

/** A comment: typed, or from a message that somebody chose. */
export const issueNoteForm: FormSpec = {
  name: 'issue.note',
  args: texts,
  async open(asked, args) {
    const known = args['issue'] ?? (await threadIssue(asked))?.ref;
    const link = args['link'];
    return {
      name: 'issue.note',
      args: link === undefined ? {} : { link },
      title: 'Add to an issue',
      submit: 'Add',
      items: [
        await issueField(asked, { name: 'issue', label: 'Issue', known: known?.toUpperCase() }),
        {
          kind: 'long_text',
          name: 'text',
          label: 'What you know',
          max: 3000,
          ...initial(args['text']),
        },
      ],
    };
  },
  async submit(asked, { link }, filled) {
    const { ref } = await perform(asked, noteIssue, { ...filled, ...(link === undefined ? {} : { link }) });
    return say(`Added to ${ref}`, paragraph(typedIn(filled, 'text')));
  },
};
