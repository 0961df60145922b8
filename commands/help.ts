import { helpCard } from '../src/cards/answers.ts';
import { invalid } from '../src/errors.ts';
import { nearest } from '../src/grammar/nearest.ts';
import { type Card, constant } from '../src/ui/card.ts';
import type { Command } from './command.ts';
import { toMe } from './reply.ts';

/** `help` needs to know the others, so it is made from their list. */
export function helpCommand(others: readonly Command[]): Command {
  const where =
    'In Slack type /pilot and the line, or mention Coxswain; in Teams type @Coxswain and the line.';
  const all = constant(
    helpCard(
      'What Coxswain can do',
      others.map((c) => ({ usage: c.name, summary: c.summary })),
      ['seat add', 'log', 'score claims', 'help issue'],
      where,
    ),
  );
  const one = (command: Command): Card =>
    constant(
      helpCard(
        `${command.name}: ${command.summary}`,
        command.verbs.map(({ usage, summary }) => ({ usage, summary })),
        command.examples,
        where,
      ),
    );
  const pages = new Map(
    others.flatMap((c) => [c.name, ...(c.aliases ?? [])].map((name) => [name, one(c)] as const)),
  );
  return {
    name: 'help',
    aliases: ['?', 'hi', 'hello'],
    summary: 'What you can type',
    examples: ['help', 'help seat'],
    verbs: [
      {
        name: '',
        usage: 'help [command]',
        summary: 'all commands, or one with its examples',
        positional: ['command', '...more'],
        answer(input) {
          const name = input['command']?.toLowerCase();
          if (name === undefined) return toMe(all);
          const page = pages.get(name);
          if (page !== undefined) return toMe(page);
          const near = nearest(name, [...pages.keys()]);
          throw invalid(
            `There is no command “${name.slice(0, 40)}”.${near === undefined ? '' : ` Did you mean “${near}”?`}`,
            {
              hint: near === undefined ? 'help' : `help ${near}`,
            },
          );
        },
      },
    ],
  };
}
