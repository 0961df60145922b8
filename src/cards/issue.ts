import { type IssueState, SEVERITY_WORDS, isOpen } from '../domain/issue.ts';
import type { IssueLine, IssueView } from '../queries/issue.ts';
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
import { type Inline, bold, code, datetime, person } from '../ui/text.ts';
import { age } from './say.ts';

const STATE_WORDS: Record<IssueState, string> = {
  open: 'open, nobody has it yet',
  acknowledged: 'acknowledged',
  solved: 'solved',
  closed: 'closed',
  dropped: 'dropped',
};

export const titleOf = ({ issue }: Pick<IssueView, 'issue'>): string => `${issue.ref} · ${issue.title}`;

/** Who did what, so that every copy of the message tells the same. */
export function stateLine({ issue, nameOf, zone }: IssueView): readonly Inline[] {
  const by = (id: string | null, at: number | null): readonly Inline[] => [
    ...(id === null ? [] : [' by ', person(id, nameOf(id) ?? 'somebody')]),
    ...(at === null ? [] : [', ', datetime(at, zone)]),
  ];
  if (issue.state === 'acknowledged')
    return [bold('Acknowledged'), ...by(issue.acknowledgedBy, issue.acknowledgedAt)];
  if (issue.state === 'solved')
    return [
      bold(issue.solvedBy === null ? 'Solved by itself' : 'Solved'),
      ...by(issue.solvedBy, issue.solvedAt),
    ];
  return [bold(STATE_WORDS[issue.state])];
}

/** What can be done about an issue; nothing once it is answered for good. */
export function issueButtons(issue: IssueView['issue']): Element[] {
  if (!isOpen(issue.state)) return [];
  const acknowledge: Button[] =
    issue.state === 'open'
      ? [pressButton('Acknowledge', 'issue.acknowledge', { issue: issue.ref }, { style: 'primary' })]
      : [];
  const solve = formButton('Solve', 'issue.solve', { issue: issue.ref });
  const details = commandButton('Details', `issue show ${issue.ref}`);
  const open = issue.link === null ? [] : [linkButton('Open link', issue.link)];
  return [buttons(...acknowledge, solve, details, ...open)];
}

export const factsOf = ({ issue, seat, zone }: IssueView): Element =>
  facts(
    ['Seat', [seat.name, ' (', code(seat.key), ')']],
    ['Severity', `${issue.severity} ${SEVERITY_WORDS[issue.severity]}`],
    ['Kind', issue.kind],
    ['Opened', datetime(issue.openedAt, zone)],
  );

export const seen = ({ signals }: IssueView, most: number): Element[] =>
  signals.length === 0 ? [] : [list(signals.slice(0, most).map((s) => s.sentence))];

export const solution = ({ issue }: IssueView): Element[] =>
  issue.state !== 'solved'
    ? []
    : [
        facts(
          ...(
            [
              ['Cause', issue.cause],
              ['Done', issue.fix],
              ['Learned', issue.lesson],
            ] as const
          ).flatMap(([label, text]) => (text === null ? [] : [[label, text] as const])),
        ),
      ];

/** In the seat's channel, and as the answer to `issue show`. */
export function issueCard(view: IssueView): Card {
  const { issue } = view;
  return card(
    titleOf(view),
    [
      paragraph(...stateLine(view)),
      ...(issue.detail === null ? [] : [quote(issue.detail)]),
      ...seen(view, 5),
      factsOf(view),
      ...solution(view),
      ...issueButtons(view.issue),
    ],
    { fallback: `${issue.ref} ${issue.title}: ${STATE_WORDS[issue.state]}`, rest: `issue show ${issue.ref}` },
  );
}

/** With everyone who was asked, and who is next. */
export function issueDetailCard(view: IssueView): Card {
  const base = issueCard(view);
  const asked = view.pings.map((ping): readonly Inline[] => {
    const who: Inline =
      ping.person === null ? ping.target : person(ping.person, view.nameOf(ping.person) ?? 'somebody');
    const why = ping.person === null ? '' : ` as ${ping.target}`;
    return [datetime(ping.at, view.zone), ' ', who, `${why}: ${ping.outcome}`];
  });
  const chain: Element[] = [
    ...(asked.length === 0 ? [] : [paragraph(bold('Who was asked')), list(asked)]),
    ...(view.nextAt === undefined || view.issue.state !== 'open'
      ? []
      : [note('If nobody answers, the next one is asked at ', datetime(view.nextAt, view.zone), '.')]),
  ];
  const last = base.body.at(-1);
  const body =
    last?.kind === 'buttons' ? [...base.body.slice(0, -1), ...chain, last] : [...base.body, ...chain];
  return { ...base, body };
}

/** One line of a list. */
export const issueLine = ({ issue, acknowledgedBy }: IssueLine, now: number): readonly Inline[] => [
  bold(issue.ref),
  ` ${issue.title} · severity ${issue.severity} · ${age(now - issue.openedAt)} · `,
  acknowledgedBy === undefined ? STATE_WORDS[issue.state] : `with ${acknowledgedBy}`,
];

export function issueListCard(lines: readonly IssueLine[], now: number, more: boolean): Card {
  if (lines.length === 0)
    return card('No open issues', [paragraph('Nothing is open. A new one: ', code('issue new'))]);
  return card(
    `Open issues`,
    [
      list(lines.map((line) => issueLine(line, now))),
      ...(more ? [note('There are more. Name a seat to see its own: ', code('issue list claims'))] : []),
    ],
    { rest: 'issue list' },
  );
}
