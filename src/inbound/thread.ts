import type { Asked } from '../../commands/command.ts';
import { quotable } from '../../commands/forms/quoted.ts';
import { COMMANDS } from '../../commands/index.ts';
import { say } from '../../commands/reply.ts';
import { threadIssue } from '../../commands/thread-issue.ts';
import { noteIssue } from '../actions/issue/index.ts';
import { perform } from '../actions/perform.ts';
import type { CoxswainError } from '../errors.ts';
import type { Reply } from '../platforms/platform.ts';
import { type Card, buttons, formButton, paragraph } from '../ui/card.ts';

const NAMES = new Set(COMMANDS.flatMap(({ name, aliases = [] }) => [name, ...aliases]));

/** Whether a line begins like a command; nothing at all asks for help. */
export const looksLikeCommand = (line: string): boolean => {
  const [first = ''] = line.trim().split(/\s+/, 1);
  return first === '' || NAMES.has(first.normalize('NFKC').toLowerCase());
};

/** What is said to Coxswain in an issue's thread and is no command becomes a comment; undefined elsewhere. */
export async function comment(asked: Asked, text: string): Promise<Reply | undefined> {
  const issue = await threadIssue(asked);
  if (issue === undefined) return undefined;
  const { ref } = await perform(asked, noteIssue, { issue: issue.ref, text });
  return say(`Added to ${ref} as a comment`, paragraph(text));
}

/** A sentence that began like a command was perhaps meant for the issue: one press keeps it. */
export async function orKeepIt(
  asked: Asked,
  line: string,
  refused: Card,
  error: CoxswainError,
): Promise<Card> {
  if (error.code !== 'invalid' && error.code !== 'not_found') return refused;
  const issue = await threadIssue(asked);
  if (issue === undefined) return refused;
  const keep = formButton('Keep it as a comment', 'issue.note', { issue: issue.ref, text: quotable(line) });
  return { ...refused, body: [...refused.body, buttons(keep)] };
}
