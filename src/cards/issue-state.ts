import { type IssueState, SEVERITY_WORDS, holderOf, isOpen } from '../domain/issue.ts';
import type { Overdue } from '../domain/service-level.ts';
import type { IssueLine, IssueView } from '../queries/issue.ts';
import { type Inline, bold, datetime, person } from '../ui/text.ts';
import { age } from './say.ts';

export const STATE_WORDS: Record<IssueState, string> = {
  open: 'open, nobody has it yet',
  acknowledged: 'acknowledged',
  solved: 'solved',
  closed: 'closed',
  dropped: 'dropped',
};

const OVERDUE_WORDS: Record<Overdue, string> = {
  acknowledge: 'overdue: nobody has taken it',
  solve: 'overdue: not solved in time',
};

export const titleOf = ({ issue }: Pick<IssueView, 'issue'>): string =>
  `${issue.ref} · ${issue.drill ? 'Drill: ' : ''}${issue.title}`;

const itself = (verb: string, id: string | null): Inline => bold(id === null ? `${verb} by itself` : verb);

/** Who did what, so that every copy of the message tells the same. */
export function stateLine(view: IssueView): readonly Inline[] {
  const { issue, nameOf, zone } = view;
  const who = (id: string): Inline => person(id, nameOf(id) ?? 'somebody');
  const by = (id: string | null, at: number | null): readonly Inline[] => [
    ...(id === null ? [] : [' by ', who(id)]),
    ...(at === null ? [] : [', ', datetime(at, zone)]),
  ];
  switch (issue.state) {
    case 'open': {
      const again: readonly Inline[] =
        issue.reopenedAt === null ? [] : [' (again since ', datetime(issue.reopenedAt, zone), ')'];
      return issue.assignee === null
        ? [bold(STATE_WORDS.open), ...again]
        : [bold('open'), ', waits for ', who(issue.assignee), ...again];
    }
    case 'acknowledged': {
      const holder = holderOf(issue);
      const moved = holder === null || holder === issue.acknowledgedBy ? [] : ['; now with ', who(holder)];
      return [bold('Acknowledged'), ...by(issue.acknowledgedBy, issue.acknowledgedAt), ...moved];
    }
    case 'solved':
      return [
        itself('Solved', issue.solvedBy),
        ...by(issue.solvedBy, issue.solvedAt),
        ...(issue.outcome === null ? [] : [`: ${issue.outcome}`]),
      ];
    case 'closed':
      return [itself('Closed', issue.closedBy), ...by(issue.closedBy, issue.closedAt)];
    case 'dropped':
      return [
        bold(view.mergedInto === undefined ? 'Dropped' : `Became part of ${view.mergedInto}`),
        ...by(issue.closedBy, issue.closedAt),
        ...(issue.dropReason === null ? [] : [`: ${issue.dropReason}`]),
      ];
    default:
      return issue.state satisfies never;
  }
}

/** By when it is to be taken and solved, and which of both is broken. */
export function promiseFacts({ issue, zone, overdue }: IssueView): (readonly [string, readonly Inline[]])[] {
  if (!isOpen(issue.state)) return [];
  const until = (label: string, at: number | null, kind: Overdue) =>
    at === null
      ? []
      : [[label, [datetime(at, zone), ...(overdue === kind ? [', ', bold('overdue')] : [])]] as const];
  return [
    ...(issue.state === 'open' ? until('Take it by', issue.acknowledgeBy, 'acknowledge') : []),
    ...until('Solve it by', issue.solveBy, 'solve'),
  ];
}

/** One line of a list: whose it is, how old, and whether it is overdue. */
export const issueLine = ({ issue, holder, overdue }: IssueLine, now: number): readonly Inline[] => [
  bold(issue.ref),
  ` ${issue.drill ? 'Drill: ' : ''}${issue.title} · severity ${issue.severity} ${SEVERITY_WORDS[issue.severity]} · ${age(now - issue.openedAt)} · `,
  standing(issue.state, holder),
  ...(overdue === undefined ? [] : [' · ', bold(OVERDUE_WORDS[overdue])]),
];

function standing(state: IssueState, holder: string | undefined): string {
  if (holder === undefined || !isOpen(state)) return STATE_WORDS[state];
  return state === 'open' ? `waits for ${holder}` : `with ${holder}`;
}
