import { needSeat } from '../src/actions/find.ts';
import { perform } from '../src/actions/perform.ts';
import { addRule, endRule } from '../src/actions/rule/index.ts';
import { rulesCard } from '../src/cards/rule.ts';
import { invalid } from '../src/errors.ts';
import { loadRules } from '../src/queries/rules.ts';
import { buttons, commandButton, paragraph } from '../src/ui/card.ts';
import type { Command } from './command.ts';
import { openForm, say, toMe } from './reply.ts';

/** The answer to an added rule, from the line and from the form. */
export const ruleAdded = ({ ref }: { readonly ref: string }) =>
  say(
    `${ref} is a rule now`,
    paragraph('It is shown to every seat that it fits.'),
    buttons(commandButton('All rules', 'rules')),
  );

export const rulesCommand: Command = {
  name: 'rules',
  aliases: ['rule'],
  summary: 'What was learned once, for every seat that it fits',
  defaultVerb: 'list',
  examples: [
    'rules',
    'rules add "Ask the product team before a form changes" why="A new form broke triage for a week" fits=ai',
  ],
  verbs: [
    {
      name: 'list',
      aliases: ['show'],
      usage: 'rules [seat]',
      summary: 'the rules of the organisation, or those that fit a seat',
      positional: ['seat'],
      async run(asked, input) {
        const db = asked.store.read;
        const seat = input['seat'] === undefined ? undefined : await needSeat(db, asked.org, input['seat']);
        return toMe(rulesCard(await loadRules(db, asked.org, seat)));
      },
    },
    {
      name: 'add',
      usage: 'rules add "<rule>" why="…" [fits=every|ai|human|medium|high|quality|…] [issue=CLAIMS-1]',
      summary: 'add a rule; alone it opens a form',
      positional: ['...text'],
      named: ['text', 'why', 'fits', 'issue'],
      async run(asked, input) {
        if (input['text'] === undefined || input['why'] === undefined)
          return openForm('rule.add', { ...input });
        return ruleAdded(await perform(asked, addRule, { ...input }));
      },
    },
    {
      name: 'end',
      aliases: ['drop'],
      usage: 'rules end <R1> because="…"',
      summary: 'a rule that does not hold any more, with the reason; it stays in the record',
      positional: ['rule', '...because'],
      named: ['rule', 'because'],
      async run(asked, input) {
        if (input['rule'] === undefined)
          throw invalid('Which rule? Give its name.', { hint: 'rules end R1 because="…"' });
        const { ref } = await perform(asked, endRule, { ...input });
        return say(`${ref} has ended`, buttons(commandButton('All rules', 'rules')));
      },
    },
  ],
};
