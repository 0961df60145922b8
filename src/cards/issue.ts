import type { Instant } from '../clock.ts';
import { SEVERITY_WORDS, isOpen } from '../domain/issue.ts';
import type { IssueView } from '../queries/issue.ts';
import { clip } from '../text.ts';
import {
  type Button,
  type Card,
  type Element,
  buttons,
  card,
  commandButton,
  facts,
  formButton,
  linkButton,
  list,
  note,
  paragraph,
  pressButton,
  quote,
} from '../ui/card.ts';
import { type Inline, bold, code, datetime } from '../ui/text.ts';
import { behaviourPicture } from './behaviour.ts';
import { askedLine, chainNotes } from './chain.ts';
import { STATE_WORDS, promiseFacts, stateLine, titleOf } from './issue-state.ts';

export { issueLine, stateLine, titleOf } from './issue-state.ts';

const detailsOf = ({ ref }: IssueView['issue']): Button => commandButton('Details', `issue show ${ref}`);

/** What can be done about an issue, and `details` where they stand elsewhere; nothing once it is answered for good. */
export function issueButtons(issue: IssueView['issue'], details = [detailsOf(issue)]): Element[] {
  if (!isOpen(issue.state)) return [];
  const acknowledge: Button[] =
    issue.state === 'open'
      ? [pressButton('Acknowledge', 'issue.acknowledge', { issue: issue.ref }, { style: 'primary' })]
      : [];
  const solve = formButton('Solve', 'issue.solve', { issue: issue.ref });
  const open = issue.link === null ? [] : [linkButton('Open link', issue.link)];
  return [buttons(...acknowledge, solve, ...details, ...open)];
}

/** What can be done about what was solved or dropped. */
function afterwards({ issue, mergedInto }: IssueView, details = [detailsOf(issue)]): Element[] {
  if (isOpen(issue.state) || mergedInto !== undefined) return [];
  const close = issue.state === 'solved' ? [pressButton('Close', 'issue.close', { issue: issue.ref })] : [];
  return [buttons(...close, formButton('Reopen', 'issue.reopen', { issue: issue.ref }), ...details)];
}

export const factsOf = (view: IssueView): Element => {
  const { issue, seat, zone } = view;
  return facts(
    ['Seat', [seat.name, ' (', code(seat.key), ')']],
    ['Severity', `${issue.severity} ${SEVERITY_WORDS[issue.severity]}`],
    ['Kind', issue.kind],
    ['Opened', datetime(issue.openedAt, zone)],
    ...promiseFacts(view),
  );
};

export const seen = ({ signals }: IssueView, most: number): Element[] =>
  signals.length === 0 ? [] : [list(signals.slice(0, most).map((s) => s.sentence))];

export const solution = ({ issue, zone }: IssueView): Element[] => {
  if (issue.state !== 'solved' && issue.state !== 'closed') return [];
  const answers = [
    ['Cause', issue.cause],
    ['Done', issue.fix],
    ['Learned', issue.lesson],
  ] as const;
  const given = answers.flatMap(([label, text]) => (text === null ? [] : [[label, text] as const]));
  const closes: Element[] =
    issue.closeAt === null ? [] : [note('Closes by itself at ', datetime(issue.closeAt, zone), '.')];
  return [...(given.length === 0 ? [] : [facts(...given)]), ...closes];
};

/** What it was raised from: the message as it read then. */
const quoted = ({ issue }: IssueView): Element[] => [
  ...(issue.detail === null ? [] : [quote(issue.detail)]),
  ...(issue.quote === null ? [] : [note('From this message:'), quote(issue.quote)]),
];

function said({ comments, said: all, nameOf, zone }: IssueView, most: number): Element[] {
  if (all === 0) return [];
  const lines = comments
    .map((c): readonly Inline[] => [
      // By name only: whoever said it is not pinged by every later change of the card.
      bold(nameOf(c.person) ?? 'somebody'),
      ', ',
      datetime(c.at, zone),
      `: ${clip(c.text, most)}`,
    ])
    .toReversed();
  const title = all === 1 ? '1 comment' : `${all} comments`;
  const left = all > lines.length ? `, the last ${lines.length}` : '';
  return [paragraph(bold(`${title}${left}`)), list(lines)];
}

/** The number that it is about, where it has readings. */
const chartOf = ({ behaviour }: IssueView): Element[] =>
  behaviour === undefined || behaviour.history.periods.length === 0 ? [] : [behaviourPicture(behaviour)];

const body = (view: IssueView, most: number): Element[] => [
  paragraph(...stateLine(view)),
  ...chainNotes(view, 'comments'),
  ...quoted(view),
  ...seen(view, 5),
  ...chartOf(view),
  factsOf(view),
  ...solution(view),
  ...said(view, most),
];

const named = ({ issue }: IssueView) => ({
  fallback: `${issue.ref} ${issue.title}: ${STATE_WORDS[issue.state]}`,
  rest: `issue show ${issue.ref}`,
});

/** In the seat's channel. */
export const issueCard = (view: IssueView): Card =>
  card(titleOf(view), [...body(view, 300), ...issueButtons(view.issue), ...afterwards(view)], named(view));

/** What belongs into an issue, or changes it. */
const more = ({ issue }: IssueView): Element[] => {
  const about = { issue: issue.ref };
  const note = formButton('Add a comment', 'issue.note', about);
  if (!isOpen(issue.state)) return [buttons(note)];
  return [
    buttons(
      note,
      formButton('Hand over', 'issue.assign', about),
      formButton('Severity', 'issue.severity', about),
      formButton('Merge', 'issue.merge', about),
      formButton('Drop', 'issue.drop', about),
    ),
  ];
};

/** The answer to `issue show`: with everyone who was asked, who is next, and all that can be done. */
export function issueDetailCard(view: IssueView, now: Instant): Card {
  const asked = view.pings.map((ping): readonly Inline[] => [
    datetime(ping.at, view.zone),
    ' ',
    ...askedLine(ping, view.nameOf(ping.person)),
  ]);
  const chain: Element[] = [
    ...(asked.length === 0 ? [] : [paragraph(bold('Who was asked')), list(asked)]),
    ...(view.nextAt === undefined || view.issue.state !== 'open'
      ? []
      : [
          view.nextAt <= now
            ? note('Whose turn it is, is being asked now.')
            : note('If nobody answers, the next one is asked at ', datetime(view.nextAt, view.zone), '.'),
        ]),
  ];
  return card(
    titleOf(view),
    [...body(view, 1000), ...chain, ...issueButtons(view.issue, []), ...afterwards(view, []), ...more(view)],
    named(view),
  );
}

/** Opens the form to report that something is wrong with a seat, or with one of its numbers. */
export const reportButton = (seat: string, metric?: string): Button =>
  formButton('Report drift', 'issue.report', metric === undefined ? { seat } : { seat, metric });
