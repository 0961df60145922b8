import { assertMay, perform } from '../../src/actions/perform.ts';
import { proposeRubric } from '../../src/actions/rubric/index.ts';
import { needRubricVersion } from '../../src/actions/find.ts';
import { proposalCard } from '../../src/cards/rubric.ts';
import { loadProposal } from '../../src/queries/rubric.ts';
import { paragraph } from '../../src/ui/card.ts';
import { code } from '../../src/ui/text.ts';
import type { FormSpec } from '../form.ts';
import { toMe } from '../reply.ts';
import { texts } from './fields.ts';
import { textIn } from './given-file.ts';

/** A changed rubric, as a file. */
export const rubricProposeForm: FormSpec = {
  name: 'rubric.propose',
  args: texts,
  async open(asked, args) {
    await assertMay(asked, proposeRubric, args);
    return {
      name: 'rubric.propose',
      args: {},
      title: 'Propose a rubric',
      submit: 'Propose',
      items: [
        {
          kind: 'hint',
          body: paragraph(
            'Start from ',
            code('rubric export'),
            ', change what should change, and keep the keys of what stays: scores are compared by them.',
          ),
        },
        { kind: 'file', name: 'yaml', label: 'The rubric as YAML', types: ['yaml', 'yml'] },
        { kind: 'long_text', name: 'reason', label: 'Why?', max: 1000 },
      ],
    };
  },
  async submit(asked, _args, filled) {
    const { key, version } = await perform(asked, proposeRubric, {
      ...filled,
      yaml: textIn(filled, 'yaml'),
    });
    const db = asked.store.read;
    const row = await needRubricVersion(db, asked.org, key, version);
    return toMe(proposalCard(await loadProposal(db, asked.org, row)));
  },
};
