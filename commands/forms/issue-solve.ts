import { solveIssue } from '../../src/actions/issue/index.ts';
import { perform } from '../../src/actions/perform.ts';
import { OUTCOMES } from '../../src/domain/issue.ts';
import { FIT_WORDS, fitText, parseFit } from '../../src/domain/lesson.ts';
import { list } from '../../src/ui/card.ts';
import type { Field, Option } from '../../src/ui/form.ts';
import type { FormSpec } from '../form.ts';
import { shownIssue } from '../issue-shown.ts';
import { toMe } from '../reply.ts';
import { initial, optionsOf, texts } from './fields.ts';
import { issueFor } from './issue-fields.ts';

/** Whom a rule can be for, in a choice; the command line can combine them. */
export const fitOptions: readonly Option[] = ['every', ...FIT_WORDS].map((value) => ({
  value,
  label: fitText(parseFit(value)!),
}));

const ruleFields = (args: Readonly<Record<string, string>>): Field[] => [
  {
    kind: 'yes_no',
    name: 'rule',
    label: 'Make it a rule?',
    question: 'Show this lesson to seats that come after',
    optional: true,
    initial: args['rule'] === 'yes',
  },
  {
    kind: 'select',
    name: 'fits',
    label: 'For whom',
    optional: true,
    options: fitOptions,
    initial: fitOptions.some((o) => o.value === args['fits']) ? args['fits']! : 'every',
  },
];

export const issueSolveForm: FormSpec = {
  name: 'issue.solve',
  args: texts,
  async open(asked, args) {
    const { issue, signals, asksOutcome: asks } = await issueFor(asked, args['issue'], 'solve');
    const outcome: Field = {
      kind: 'select',
      name: 'outcome',
      label: 'Fixed, or the new normal?',
      hint: 'The new normal is judged afresh, from when the change was first seen.',
      options: optionsOf(OUTCOMES),
      ...initial(OUTCOMES.find((one) => one === args['outcome'])),
    };
    return {
      name: 'issue.solve',
      args: { issue: issue.ref },
      title: `Solve ${issue.ref}`.slice(0, 24),
      submit: 'Solved',
      items: [
        { kind: 'hint', body: list([issue.title, ...signals.slice(0, 3).map((s) => s.sentence)]) },
        {
          kind: 'long_text',
          name: 'cause',
          label: 'What caused it?',
          max: 1000,
          ...initial(args['cause'] ?? issue.cause ?? undefined),
        },
        {
          kind: 'long_text',
          name: 'fix',
          label: 'What was done?',
          max: 1000,
          ...initial(args['fix'] ?? issue.fix ?? undefined),
        },
        {
          kind: 'long_text',
          name: 'lesson',
          label: 'What was learned, and why?',
          max: 1000,
          ...initial(args['lesson'] ?? issue.lesson ?? undefined),
        },
        ...(asks ? [outcome] : []),
        ...ruleFields(args),
      ],
    };
  },
  async submit(asked, args, filled) {
    const { id } = await perform(asked, solveIssue, { ...filled, issue: args['issue'] });
    return toMe(await shownIssue(asked, id));
  },
};
