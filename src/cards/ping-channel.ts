import type { IssueView } from '../queries/issue.ts';
import type { InVain } from '../queries/pings.ts';
import { type Card, type Element, card, list, note, paragraph } from '../ui/card.ts';
import { type Text, bold, code, datetime } from '../ui/text.ts';
import { chainNotes } from './chain.ts';
import { factsOf, seen, solution, stateLine, titleOf } from './issue.ts';
import { MOST_ASKED, pingButtons } from './ping.ts';

/** In the seat's channel: who could not be asked, so that the next one was at once. */
export function vacantCard({ seat, refs, vacant, lost, away }: InVain): Card {
  const sentences = [
    ...(vacant.length === 0 ? [] : [`Nobody answers for: ${vacant.join(', ')}.`]),
    ...(away.length === 0 ? [] : [`Away, and nobody stands in: ${away.join(', ')}.`]),
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

/** In a channel that a step names. */
export const channelAskedCard = (views: readonly IssueView[]): Card =>
  channelCard(views, ['The escalation asks this channel. ', 'Please take it, or the next step follows.']);

/** Where the chain ends. */
export function governanceCard(views: readonly IssueView[]): Card {
  const [view] = views;
  if (view === undefined || views.length > 1)
    return channelCard(views, ['Nobody has answered. ', 'Anyone who may can take it.']);
  const pings = view.pings.filter((p) => p.round === view.chain?.round);
  const told = pings.filter((p) => p.target === 'governance channel' && p.outcome === 'pinged').length;
  const nobody = pings.some((p) => p.outcome === 'pinged' && p.person !== null)
    ? 'Nobody has answered.'
    : 'Nobody could be asked.';
  const again = told > 1 ? ` This is reminder ${told - 1}.` : '';
  return channelCard(views, [`${nobody} `, `Anyone who may can take it.${again}`]);
}

/** One issue as a whole card, several in one message; each with the present state and its buttons. */
function channelCard(views: readonly IssueView[], [first, ask]: readonly [string, string]): Card {
  const open = views.filter((v) => v.issue.state === 'open').length;
  const [view] = views;
  if (view !== undefined && views.length === 1) {
    const { issue } = view;
    return card(
      titleOf(view),
      [
        issue.state === 'open' ? paragraph(first, ask) : paragraph(...stateLine(view)),
        ...chainNotes(view),
        ...seen(view, 3),
        factsOf(view),
        ...solution(view),
        ...pingButtons(view),
      ],
      {
        fallback:
          issue.state === 'open' ? `${first}${issue.ref}: ${issue.title}` : `${issue.ref} is ${issue.state}`,
        rest: `issue show ${issue.ref}`,
      },
    );
  }
  const title =
    open === 0 ? 'All of this is answered' : `Nobody has answered ${open} ${open === 1 ? 'issue' : 'issues'}`;
  const shown = views.slice(0, MOST_ASKED);
  return card(
    title,
    [
      ...shown.flatMap((view): Element[] => [
        paragraph(bold(titleOf(view)), `, ${view.seat.name}: `, ...stateLine(view)),
        ...chainNotes(view),
        ...pingButtons(view),
      ]),
      ...(views.length > shown.length
        ? [note(`and ${views.length - shown.length} more: `, code('issue list'))]
        : []),
    ],
    { fallback: title, rest: 'issue list' },
  );
}

/** In the governance channel, once: nobody who could be asked works now. */
export function heldCard(views: readonly IssueView[]): Card {
  const open = views.filter((v) => v.issue.state === 'open');
  const n = open.length === 1 ? 'One issue waits' : `${open.length} issues wait`;
  const title = open.length === 0 ? 'All of this is answered' : `${n} for working hours: nobody is on duty`;
  const shown = views.slice(0, MOST_ASKED);
  return card(
    title,
    [
      list(
        shown.map((view): Text => {
          const first = Math.min(
            ...view.pings.flatMap((p) => (p.person !== null && p.outcome === 'pinged' ? [p.notBefore] : [])),
          );
          const when =
            view.issue.state === 'open' && Number.isFinite(first)
              ? ['. The first is asked at ', datetime(first, view.zone)]
              : [];
          return [bold(titleOf(view)), `, ${view.seat.name}: `, ...stateLine(view), ...when];
        }),
      ),
      ...open
        .slice(0, 1)
        .map(({ issue }) =>
          note('Severity 1 does not wait. Whoever may can take it now: ', code(`issue ack ${issue.ref}`)),
        ),
    ],
    { fallback: title, rest: 'issue list' },
  );
}
