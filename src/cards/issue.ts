import { type IssueState, SEVERITY_WORDS, isOpen } from '../domain/issue.ts';
import type { AskedRole } from '../domain/escalation.ts';
import { OWNER_DUTIES } from '../domain/seat.ts';
import type { IssueLine, IssueView } from '../queries/issue.ts';
import type { InVain } from '../queries/pings.ts';
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

/** Issues that one message names with their buttons. */
const MOST_ASKED = 8;

const STATE_WORDS: Record<IssueState, string> = {
  open: 'open, nobody has it yet',
  acknowledged: 'acknowledged',
  solved: 'solved',
  closed: 'closed',
  dropped: 'dropped',
};

const titleOf = ({ issue }: Pick<IssueView, 'issue'>): string => `${issue.ref} · ${issue.title}`;

/** Who did what, so that every copy of the message tells the same. */
function stateLine({ issue, nameOf, zone }: IssueView): readonly Inline[] {
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

const factsOf = ({ issue, seat, zone }: IssueView): Element =>
  facts(
    ['Seat', [seat.name, ' (', code(seat.key), ')']],
    ['Severity', `${issue.severity} ${SEVERITY_WORDS[issue.severity]}`],
    ['Kind', issue.kind],
    ['Opened', datetime(issue.openedAt, zone)],
  );

const seen = ({ signals }: IssueView, most: number): Element[] =>
  signals.length === 0 ? [] : [list(signals.slice(0, most).map((s) => s.sentence))];

const solution = ({ issue }: IssueView): Element[] =>
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
