import { withdrawRubric } from '../src/actions/rubric/index.ts';
import { needRubricVersion } from '../src/actions/find.ts';
import { perform } from '../src/actions/perform.ts';
import { proposalCard, rubricCard } from '../src/cards/rubric.ts';
import { invalid } from '../src/errors.ts';
import { loadProposal, loadRubric } from '../src/queries/rubric.ts';
import { printRubric } from '../src/rubrics/read.ts';
import { paragraph } from '../src/ui/card.ts';
import type { Asked, Command } from './command.ts';
import { openForm, say, toMe } from './reply.ts';

/** A version by its number, as `2` or `v2`. */
async function versionOf(asked: Asked, typed: string) {
  const version = Number(typed.replace(/^v/i, ''));
  if (!Number.isInteger(version))
    throw invalid(`“${typed.slice(0, 40)}” is no version: give its number.`, { hint: 'rubric show 2' });
  const { held } = await loadRubric(asked.store.read, asked.org);
  if (version === held.version && held.row === undefined) return undefined;
  return needRubricVersion(asked.store.read, asked.org, held.rubric.key, version);
}

export const rubricCommand: Command = {
  name: 'rubric',
  aliases: ['rubrics'],
  summary: 'What readiness is scored by',
  defaultVerb: 'show',
  examples: ['rubric show', 'rubric export', 'rubric propose'],
  verbs: [
    {
      name: 'show',
      usage: 'rubric show [version]',
      summary: 'the criteria that hold, or a version with who approved it',
      positional: ['version'],
      async run(asked, input) {
        const row = input['version'] === undefined ? undefined : await versionOf(asked, input['version']);
        if (row === undefined || row.present !== null)
          return toMe(rubricCard(await loadRubric(asked.store.read, asked.org)));
        return toMe(proposalCard(await loadProposal(asked.store.read, asked.org, row)));
      },
    },
    {
      name: 'export',
      usage: 'rubric export [version]',
      summary: 'as YAML, to change and propose',
      positional: ['version'],
      async run(asked, input) {
        const { held } = await loadRubric(asked.store.read, asked.org);
        const row = input['version'] === undefined ? undefined : await versionOf(asked, input['version']);
        const rubric = row?.rubric ?? held.rubric;
        const version = row?.version ?? held.version;
        return {
          kind: 'file',
          name: `${rubric.key}-${version}.yaml`,
          title: `${rubric.name}, version ${version}`,
          text: printRubric(rubric),
          document: { name: 'rubric', args: { key: rubric.key, version } },
        };
      },
    },
    {
      name: 'propose',
      aliases: ['import'],
      usage: 'rubric propose',
      summary: 'propose a changed rubric as YAML; a governor and a business owner approve it',
      positional: [],
      run: async () => openForm('rubric.propose', {}),
    },
    {
      name: 'withdraw',
      usage: 'rubric withdraw <version> because="…"',
      summary: 'take a proposal back',
      positional: ['version'],
      named: ['version', 'reason|because'],
      async run(asked, input) {
        const { held, proposed } = await loadRubric(asked.store.read, asked.org);
        const version = input['version'] ?? proposed?.row.version;
        if (version === undefined) throw invalid('Nothing is proposed.', { hint: 'rubric show' });
        if (input['reason'] === undefined)
          throw invalid('Say why it is withdrawn.', { hint: `rubric withdraw ${version} because="…"` });
        await perform(asked, withdrawRubric, { key: held.rubric.key, version, reason: input['reason'] });
        return say(
          'Withdrawn',
          paragraph(`Version ${version} is not proposed any more. Nothing else changes.`),
        );
      },
    },
  ],
};
