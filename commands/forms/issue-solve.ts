import { needIssue } from '../../src/actions/find.ts';
import { solveIssue } from '../../src/actions/issue/index.ts';
import { perform } from '../../src/actions/perform.ts';
import { assertMove } from '../../src/domain/issue.ts';
import { loadIssue } from '../../src/queries/issue.ts';
import { list } from '../../src/ui/card.ts';
import type { FormSpec } from '../form.ts';
import { shownIssue } from '../issue.ts';
import { toMe } from '../reply.ts';
import { initial, texts } from './fields.ts';

export const issueSolveForm: FormSpec = {
  name: 'issue.solve',
  args: texts,
  async open(asked, args) {
    const db = asked.store.read;
    const { id } = await needIssue(db, asked.org, args['issue'] ?? '');
    const { issue, signals, nameOf } = (await loadIssue(db, asked.org, id))!;
    assertMove('solve', issue.state, issue.ref, nameOf(issue.solvedBy));
    return {
      name: 'issue.solve',
      args: { issue: issue.ref },
      title: `Solve ${issue.ref}`.slice(0, 24),
      submit: 'Solved',
      items: [
        { kind: 'hint', body: list([issue.title, ...signals.slice(0, 3).map((s) => s.sentence)]) },
        { kind: 'long_text', name: 'cause', label: 'What caused it?', max: 1000, ...initial(args['cause']) },
        { kind: 'long_text', name: 'fix', label: 'What was done?', max: 1000, ...initial(args['fix']) },
        {
          kind: 'long_text',
          name: 'lesson',
          label: 'What was learned, and why?',
          max: 1000,
          ...initial(args['lesson']),
        },
      ],
    };
  },
  async submit(asked, args, filled) {
    const { id } = await perform(asked, solveIssue, { ...filled, issue: args['issue'] });
    return toMe(await shownIssue(asked, id));
  },
};
