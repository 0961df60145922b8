import { type AskedRole, type PingTarget } from '../domain/escalation.ts';
import { holderOf, isOpen } from '../domain/issue.ts';
import { OWNER_DUTIES } from '../domain/seat.ts';
import type { IssueView } from '../queries/issue.ts';
import type { Asking } from '../queries/pings.ts';
import {
  type Button,
  type Card,
  type Element,
  buttons,
  card,
  commandButton,
  formButton,
  linkButton,
  note,
  paragraph,
  pressButton,
} from '../ui/card.ts';
import { bold, code, datetime } from '../ui/text.ts';
import { chainNotes } from './chain.ts';
import { factsOf, seen, solution, stateLine, titleOf } from './issue.ts';

/** Issues that one message names with their buttons. */
export const MOST_ASKED = 8;

/** What can be done about an issue that somebody is asked about; nothing once it is answered for good. */
export function pingButtons({ issue }: IssueView, mayTake = true): Element[] {
  if (!isOpen(issue.state)) return [];
  const args = { issue: issue.ref };
  const take: Button[] =
    issue.state === 'open' && mayTake
      ? [pressButton('Acknowledge', 'issue.acknowledge', args, { style: 'primary' })]
      : [];
  const later: Button[] = issue.state === 'open' ? [formButton('Snooze', 'escalation.snooze', args)] : [];
  const solve = issue.drill ? [] : [formButton('Solve', 'issue.solve', args)];
  const link = issue.link === null ? [] : [linkButton('Open link', issue.link)];
  return [
    buttons(
      ...take,
      formButton('Reassign', 'issue.assign', args),
      ...later,
      ...solve,
      commandButton('Open', `issue show ${issue.ref}`),
      ...link,
    ),
  ];
}

const isRole = (target: PingTarget): target is AskedRole =>
  target === 'number' || Object.hasOwn(OWNER_DUTIES, target);

/** Why this person is asked, and what happens when they are silent. */
function askFor({ target, outcome, person }: Asking, view: IssueView): Element {
  const { seat, issue, chain, zone, nameOf } = view;
  if (outcome === 'reminded' && issue.state === 'acknowledged') return reminder(view);
  if (outcome === 'reminded')
    return paragraph(
      `You asked to be reminded of this. ${issue.ref} is still open, and the next person is asked soon.`,
    );
  if (target === 'handed' && chain?.handedTo === person) {
    const from = nameOf(chain.handedBy) ?? 'Somebody';
    return paragraph(`${from} hands this over to you. Please take it, or it goes back to ${from}.`);
  }
  if (target === 'handed')
    return paragraph(
      'Nobody took what you handed over, so it is back with you; the next ones are asked too.',
    );
  if (target === 'number')
    return paragraph(
      `You are asked because this number of ${seat.name} is yours. Please log it, or say that you have it; otherwise the owner of the seat is asked.`,
    );
  if (isRole(target))
    return paragraph(
      `You are asked as the ${target} owner of ${seat.name}, who ${OWNER_DUTIES[target]}. Please take it, or the next person is asked.`,
    );
  const rest = issue.solveBy === null ? [] : [' It is to be solved by ', datetime(issue.solveBy, zone), '.'];
  return paragraph(
    `The escalation of ${seat.name} names you. Please take it, or the next person is asked.`,
    ...rest,
  );
}

const reminder = ({ issue, zone }: IssueView): Element =>
  paragraph(
    `You have ${issue.ref}, and it is not solved yet. `,
    ...(issue.solveBy === null
      ? ['Solve it, or hand it over.']
      : [
          'It is to be solved by ',
          datetime(issue.solveBy, zone),
          '; after that its people are asked again.',
        ]),
  );

/** Whether this line still wants something of its person. */
export const waits = (
  { person, outcome, answeredAt }: Asking,
  { issue }: Pick<IssueView, 'issue'>,
): boolean =>
  issue.state === 'open'
    ? answeredAt === null
    : issue.state === 'acknowledged' && outcome === 'reminded' && holderOf(issue) === person;

/** The direct message to who is asked. It always shows the present state, and who acted. */
export function pingCard(view: IssueView, asking: Asking): Card {
  const { issue } = view;
  const asks = waits(asking, view);
  const log =
    asking.target === 'number' && issue.state === 'open'
      ? [buttons(formButton('Log your missing numbers', 'reading.log', {}, { style: 'primary' }))]
      : [];
  return card(
    titleOf(view),
    [
      asks ? askFor(asking, view) : paragraph(...stateLine(view)),
      ...chainNotes(view),
      ...seen(view, 3),
      factsOf(view),
      ...solution(view),
      ...log,
      ...pingButtons(view, asking.answeredAt === null),
    ],
    {
      fallback: asks ? `Please look at ${issue.ref}: ${issue.title}` : `${issue.ref} is ${issue.state}`,
      rest: `issue show ${issue.ref}`,
    },
  );
}

export interface AskedIssue {
  readonly view: IssueView;
  readonly asking: Asking;
}

/** Several issues that are asked of one person at the same time, in one message. */
export function pingsCard(asked: readonly AskedIssue[]): Card {
  const open = asked.filter(({ view, asking }) => waits(asking, view)).length;
  const title =
    open === 0
      ? 'Nothing of this waits for you any more'
      : open === 1
        ? 'One issue waits for you'
        : `${open} issues wait for you`;
  const shown = asked.slice(0, MOST_ASKED);
  const numbers = asked.some(({ asking, view }) => asking.target === 'number' && waits(asking, view));
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
      ...shown.flatMap(({ view, asking }): Element[] => [
        paragraph(bold(titleOf(view)), `, ${view.seat.name}: `, ...stateLine(view)),
        ...chainNotes(view),
        ...seen(view, 2),
        ...pingButtons(view, asking.answeredAt === null),
      ]),
      ...(asked.length > shown.length ? [note(`and ${asked.length - shown.length} more: `, code('me'))] : []),
      ...(numbers
        ? [buttons(formButton('Log your missing numbers', 'reading.log', {}, { style: 'primary' }))]
        : []),
    ],
    { fallback: title, rest: 'me' },
  );
}
