import { snoozeIssue } from '../../src/actions/escalation/index.ts';
import { perform } from '../../src/actions/perform.ts';
import { presentWait } from '../../src/domain/escalation.ts';
import { waitText, waitWords } from '../../src/domain/policy-wait.ts';
import { conflict } from '../../src/errors.ts';
import type { FormSpec } from '../form.ts';
import { shownIssue } from '../issue-shown.ts';
import { toMe } from '../reply.ts';
import { initial, texts } from './fields.ts';
import { aboutIssue, issueFor } from './issue-fields.ts';

export const escalationSnoozeForm: FormSpec = {
  name: 'escalation.snooze',
  args: texts,
  async open(asked, args) {
    const view = await issueFor(asked, args['issue'], 'acknowledge');
    const { chain, issue } = view;
    if (chain === undefined)
      throw conflict(`Nobody is pinged about ${issue.ref}, so there is nothing to snooze.`);
    const { workingHours } = chain.policy;
    const most = presentWait(chain.policy, chain);
    return {
      name: 'escalation.snooze',
      args: { issue: issue.ref },
      title: `Snooze ${issue.ref}`.slice(0, 24),
      submit: 'Snooze',
      items: [
        aboutIssue(view),
        {
          kind: 'text',
          name: 'for',
          label: 'For how long',
          max: 40,
          placeholder: '30m',
          hint: `At most ${waitWords(most, workingHours)}, typed as ${waitText(most, workingHours)}. Nobody is pinged meanwhile, and you are asked again then.`,
          ...initial(args['for']),
        },
        { kind: 'text', name: 'why', label: 'Why', max: 300, ...initial(args['why']) },
      ],
    };
  },
  async submit(asked, args, filled) {
    const { id } = await perform(asked, snoozeIssue, { ...filled, issue: args['issue'] });
    return toMe(await shownIssue(asked, id));
  },
};
