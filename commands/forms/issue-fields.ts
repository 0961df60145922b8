import { needIssue } from '../../src/actions/find.ts';
import { type Move, actorOf, assertMove } from '../../src/domain/issue.ts';
import { type IssueView, loadIssue, loadIssueList } from '../../src/queries/issue.ts';
import { clip } from '../../src/text.ts';
import { paragraph } from '../../src/ui/card.ts';
import type { Field, Hint, Option } from '../../src/ui/form.ts';
import { bold } from '../../src/ui/text.ts';
import type { Asked } from '../command.ts';
import { initial } from './fields.ts';

/** As many issues as a choice can hold on every platform. */
const MOST = 100;

/** Open issues as a choice, the one that is known already chosen, or a place to type one. */
export async function issueField(
  asked: Asked,
  field: {
    readonly name: string;
    readonly label: string;
    readonly known?: string | undefined;
    readonly not?: string;
  },
): Promise<Field> {
  const now = asked.clock.now();
  const lines = await loadIssueList(asked.store.read, asked.org, { only: 'open', now, limit: MOST + 1 });
  const options = lines
    .filter(({ issue }) => issue.ref !== field.not)
    .map(({ issue }): Option => ({ value: issue.ref, label: clip(`${issue.ref} ${issue.title}`, 70) }));
  const { name, label, known } = field;
  const listed = known === undefined || options.some((o) => o.value === known);
  return options.length > 0 && options.length <= MOST && listed
    ? { kind: 'select', name, label, options, ...initial(known) }
    : { kind: 'text', name, label, placeholder: 'CLAIMS-1', ...initial(known) };
}

/** The issue that a form is about. Throws Conflict, with who was first, when `move` is not possible any more. */
export async function issueFor(asked: Asked, ref: string | undefined, move: Move): Promise<IssueView> {
  const { id } = await needIssue(asked.store.read, asked.org, ref ?? '');
  const view = (await loadIssue(asked.store.read, asked.org, id))!;
  const { issue, nameOf } = view;
  assertMove(move, issue.state, issue.ref, nameOf(actorOf(issue)));
  return view;
}

/** What the form is about, in one line. */
export const aboutIssue = ({ issue }: IssueView): Hint => ({
  kind: 'hint',
  body: paragraph(bold(issue.ref), ` ${issue.title}`),
});

/** A reason, in the words of who gives it. */
export const becauseField = (label: string, known?: string): Field => ({
  kind: 'long_text',
  name: 'because',
  label,
  max: 500,
  ...initial(known),
});
