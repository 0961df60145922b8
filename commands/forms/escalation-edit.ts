import { needSeat } from '../../src/actions/find.ts';
import { setPolicy } from '../../src/actions/policy/index.ts';
import { assertMay, perform } from '../../src/actions/perform.ts';
import { type Policy, targetsOf } from '../../src/domain/escalation.ts';
import { SEVERITY_WORDS, type Severity } from '../../src/domain/issue.ts';
import { policyText } from '../../src/domain/policy-text.ts';
import { type PolicyView, loadPolicy } from '../../src/queries/escalation.ts';
import { list } from '../../src/ui/card.ts';
import { code } from '../../src/ui/text.ts';
import { shownPolicies } from '../escalation.ts';
import type { FormSpec } from '../form.ts';
import { initial, texts } from './fields.ts';

/** As it is typed: names instead of ids. */
function inNames({ policy, nameOf }: PolicyView): Policy | undefined {
  if (policy === undefined) return undefined;
  const named = (kind: 'person' | 'channel', id: string) => nameOf(`${kind}:${id}`).replace(/^#/, '');
  return {
    ...policy,
    steps: policy.steps.map((step) => ({
      ...step,
      ...(step.people === undefined ? {} : { people: step.people.map((id) => named('person', id)) }),
      ...(step.channels === undefined ? {} : { channels: step.channels.map((id) => named('channel', id)) }),
    })),
  };
}

const shown = (view: PolicyView): string => {
  const policy = inNames(view);
  return policy === undefined ? '' : policyText(policy);
};

export const escalationEditForm: FormSpec = {
  name: 'escalation.edit',
  args: texts,
  async open(asked, args) {
    const db = asked.store.read;
    const severity = Number(args['severity']) as Severity;
    const key = args['seat'];
    const seat = key === undefined ? undefined : await needSeat(db, asked.org, key);
    const place = seat === undefined ? {} : { seat: seat.key };
    // Nobody fills it in for nothing.
    await assertMay(asked, setPolicy, { ...place, severity, steps: '', reason: '' });
    const view = await loadPolicy(db, asked.org, seat, severity);
    const text = args['steps'] ?? shown(view);
    const many = (view.policy?.steps ?? []).flatMap(targetsOf).length;
    return {
      name: 'escalation.edit',
      args: { ...place, severity: String(severity), was: String(view.version) },
      title: `Severity ${severity} ${SEVERITY_WORDS[severity]}`.slice(0, 24),
      submit: 'Save',
      items: [
        {
          kind: 'hint',
          body: list([
            `For ${seat === undefined ? 'the whole organisation' : seat.name}; ${many === 0 ? 'nobody is pinged at present' : 'chains that run keep the steps they began with'}.`,
            ['One line for each step: ', code('accountable, @ana@example.com · wait 4h · all · 2 times')],
            [
              'Then where it ends: ',
              code('then governance channel · every 1d · after 1w every 1w'),
              ' or ',
              code('· once'),
            ],
            [
              code('working hours'),
              ' or ',
              code('day and night'),
              ' stands alone; ',
              code('default'),
              ' gives the default back.',
            ],
          ]),
        },
        {
          kind: 'long_text',
          name: 'steps',
          label: 'Steps',
          max: 3000,
          ...initial(text === '' ? undefined : text),
        },
        { kind: 'text', name: 'reason', label: 'Why', max: 500, ...initial(args['reason']) },
      ],
    };
  },
  async submit(asked, args, filled) {
    const { seat, severity, was } = args;
    await perform(asked, setPolicy, {
      ...filled,
      ...(seat === undefined ? {} : { seat }),
      ...(was === undefined ? {} : { was }),
      severity,
    });
    return shownPolicies(asked, seat, Number(severity) as Severity);
  },
};
