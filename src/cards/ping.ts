import type { AskedRole } from '../domain/escalation.ts';
import { OWNER_DUTIES } from '../domain/seat.ts';
import type { IssueView } from '../queries/issue.ts';
import type { InVain } from '../queries/pings.ts';
import { type Card, type Element, buttons, card, formButton, note, paragraph } from '../ui/card.ts';
import { bold, code } from '../ui/text.ts';
import { factsOf, issueButtons, seen, solution, stateLine, titleOf } from './issue.ts';

/** Issues that one message names with their buttons. */
const MOST_ASKED = 8;

const askFor = (role: AskedRole, { seat }: IssueView): string =>
  role === 'number'
    ? `You are asked because this number of ${seat.name} is yours. Please log it, or say that you have it; otherwise the owner of the seat is asked.`
    : `You are asked as the ${role} owner of ${seat.name}, who ${OWNER_DUTIES[role]}. Please take it, or the next person is asked.`;

/** The direct message to who is asked. It always shows the present state, and who acted. */
export function pingCard(view: IssueView, role: AskedRole): Card {
  const { issue } = view;
  const log =
    role === 'number' && issue.state === 'open'
      ? [buttons(formButton('Log your missing numbers', 'reading.log', {}, { style: 'primary' }))]
      : [];
  const ask: Element = issue.state === 'open' ? paragraph(askFor(role, view)) : paragraph(...stateLine(view));
  return card(
    titleOf(view),
    [ask, ...seen(view, 3), factsOf(view), ...solution(view), ...log, ...issueButtons(issue)],
    {
      fallback:
        issue.state === 'open'
          ? `Please look at ${issue.ref}: ${issue.title}`
          : `${issue.ref} is ${issue.state}`,
      rest: `issue show ${issue.ref}`,
    },
  );
}

/** Several issues that are asked of one person at the same time, in one message. */
export function pingsCard(views: readonly IssueView[], theirNumbers: boolean): Card {
  const open = views.filter((v) => v.issue.state === 'open').length;
  const title =
    open === 0
      ? 'Nothing of this waits for you any more'
      : open === 1
        ? 'One issue waits for you'
        : `${open} issues wait for you`;
  const shown = views.slice(0, MOST_ASKED);
  return card(
    title,
    [
      ...(open === 0
        ? []
        : [
            paragraph(
              'You are asked because these seats or numbers are yours. Please take them, or the next person is asked.',
            ),
          ]),
      ...shown.flatMap((view): Element[] => [
        paragraph(bold(titleOf(view)), `, ${view.seat.name}: `, ...stateLine(view)),
        ...seen(view, 2),
        ...issueButtons(view.issue),
      ]),
      ...(views.length > shown.length ? [note(`and ${views.length - shown.length} more: `, code('me'))] : []),
      ...(theirNumbers && open > 0
        ? [buttons(formButton('Log your missing numbers', 'reading.log', {}, { style: 'primary' }))]
        : []),
    ],
    { fallback: title, rest: 'me' },
  );
}

/** In the seat's channel: who could not be asked, so that the next one was at once. */
export function vacantCard({ seat, refs, vacant, lost }: InVain): Card {
  const sentences = [
    ...(vacant.length === 0 ? [] : [`Nobody answers for: ${vacant.join(', ')}.`]),
    ...(lost.length === 0 ? [] : [`Could not be reached: ${lost.join(', ')}.`]),
  ];
  const title = `${refs.slice(0, 3).join(', ')}${refs.length > 3 ? ` and ${refs.length - 3} more` : ''}: passed on at once`;
  return card(
    title,
    [
      paragraph(sentences.join(' ')),
      ...(vacant.length === 0
        ? []
        : [note('Name an owner: ', code(`seat own ${seat.key} ${vacant[0]} @somebody`))]),
    ],
    { fallback: `${title}. ${sentences.join(' ')}` },
  );
}

/** Where the chain ends. */
export function governanceCard(view: IssueView): Card {
  const { issue } = view;
  const told = view.pings.filter((p) => p.target === 'governance channel').length;
  const nobody = view.pings.some((p) => p.outcome === 'pinged' && p.person !== null)
    ? 'Nobody has answered.'
    : 'Nobody could be asked.';
  const again = told > 1 ? ` This is reminder ${told - 1}.` : '';
  const ask =
    issue.state === 'open'
      ? [paragraph(`${nobody} Anyone who may can take it.${again}`)]
      : [paragraph(...stateLine(view))];
  return card(
    titleOf(view),
    [...ask, ...seen(view, 3), factsOf(view), ...solution(view), ...issueButtons(issue)],
    {
      fallback:
        issue.state === 'open' ? `${nobody} ${issue.ref}: ${issue.title}` : `${issue.ref} is ${issue.state}`,
      rest: `issue show ${issue.ref}`,
    },
  );
}

/** Several of them at the same time. */
export function governanceListCard(views: readonly IssueView[]): Card {
  const open = views.filter((v) => v.issue.state === 'open').length;
  const title =
    open === 0 ? 'All of this is answered' : `Nobody has answered ${open} ${open === 1 ? 'issue' : 'issues'}`;
  const shown = views.slice(0, MOST_ASKED);
  return card(
    title,
    [
      ...shown.flatMap((view): Element[] => [
        paragraph(bold(titleOf(view)), `, ${view.seat.name}: `, ...stateLine(view)),
        ...issueButtons(view.issue),
      ]),
      ...(views.length > shown.length
        ? [note(`and ${views.length - shown.length} more: `, code('issue list'))]
        : []),
    ],
    { fallback: title, rest: 'issue list' },
  );
}
