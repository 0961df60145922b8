import { perform } from '../../src/actions/perform.ts';
import { addRule } from '../../src/actions/rule/index.ts';
import type { FormSpec } from '../form.ts';
import { ruleAdded } from '../rules.ts';
import { initial, texts } from './fields.ts';
import { fitOptions } from './issue-solve.ts';

export const ruleAddForm: FormSpec = {
  name: 'rule.add',
  args: texts,
  open: async (_asked, args) => ({
    name: 'rule.add',
    args: {},
    title: 'Add a rule',
    submit: 'Add',
    items: [
      {
        kind: 'long_text',
        name: 'text',
        label: 'The rule',
        max: 1000,
        placeholder: 'Ask the product team before a form changes',
        ...initial(args['text']),
      },
      { kind: 'long_text', name: 'why', label: 'Why it holds', max: 1000, ...initial(args['why']) },
      {
        kind: 'select',
        name: 'fits',
        label: 'For whom',
        options: fitOptions,
        initial: fitOptions.some((o) => o.value === args['fits']) ? args['fits']! : 'every',
      },
      {
        kind: 'text',
        name: 'issue',
        label: 'Learned from',
        optional: true,
        placeholder: 'CLAIMS-1',
        ...initial(args['issue']),
      },
    ],
  }),
  submit: async (asked, _args, filled) => ruleAdded(await perform(asked, addRule, filled)),
};
