import { formatDuration } from '../domain/duration.ts';
import { stillAsked } from '../domain/escalation-asked.ts';
import { type PingOutcome, idOf } from '../domain/escalation.ts';
import { isOpen } from '../domain/issue.ts';
import type { IssueView } from '../queries/issue.ts';
import { type Element, note, paragraph } from '../ui/card.ts';
import { type Inline, bold, datetime, person } from '../ui/text.ts';

const joined = (parts: readonly Inline[]): Inline[] =>
  parts.flatMap((part, i) => (i === 0 ? [part] : [', ', part]));

/**
 * What everybody has to know of the chain: put off, handed over, acknowledged by some. Where the comments stand on the
 * same card (`beside`), a reason that is one of them is not said twice.
 */
export function chainNotes(view: IssueView, beside?: 'comments'): Element[] {
  const { issue, chain, nameOf, zone } = view;
  const who = (id: string): Inline => person(id, nameOf(id) ?? 'somebody');
  const drill = issue.drill && isOpen(issue.state) ? [note(DRILL)] : [];
  if (chain === undefined || issue.state !== 'open') return [...drill, ...drillResult(view)];
  const why = chain.why === null ? [] : [`: ${chain.why}`];
  const notes: Element[] = [...drill];
  if (chain.snoozedUntil !== null && chain.snoozedBy !== null) {
    const until = datetime(chain.snoozedUntil, zone);
    notes.push(note('Snoozed until ', until, ' by ', who(chain.snoozedBy), ...why));
  }
  if (chain.handedTo !== null && chain.handedBy !== null) {
    const said = beside === 'comments' && view.comments.some((c) => c.text.endsWith(`: ${chain.why}`));
    const reason = said ? [] : why;
    const back: Inline[] =
      view.nextAt === undefined
        ? ['.']
        : ['. It comes back if nobody takes it before ', datetime(view.nextAt, zone), '.'];
    notes.push(note('Handed to ', who(chain.handedTo), ' by ', who(chain.handedBy), ...reason, ...back));
  }
  const pings = view.pings.filter((p) => p.round === chain.round);
  const missing = stillAsked(chain, pings);
  const answered = [
    ...new Set(pings.flatMap((p) => (p.answeredAt === null || p.person === null ? [] : [p.person]))),
  ];
  if (missing.length > 0 && answered.length > 0) {
    notes.push(
      paragraph(
        'Acknowledged by ',
        ...joined(answered.map(who)),
        '; all are needed, still asked: ',
        ...joined(missing.map(who)),
        '.',
      ),
    );
  }
  return notes;
}

/** What became of asking somebody, in words. */
const OUTCOMES: Readonly<Record<PingOutcome, string>> = {
  pinged: 'asked',
  vacant: 'vacant, passed over',
  unreachable: 'could not be reached',
  'own doing': 'caused it, so there was no message',
  'already pinged': 'asked before',
  away: 'away, and nobody stands in',
  reminded: 'reminded',
  handed: 'asked to take it over',
};

type Ping = IssueView['pings'][number];

/** One line of who was asked: who, as what, and what came of it. */
export function askedLine({ target, person: id, outcome, answeredAt }: Ping, name?: string): Inline[] {
  if (target === 'governance channel') return [`the governance channel: ${governanceWords(outcome)}`];
  if (idOf(target, 'channel') !== undefined) return ['a channel that the step names: asked'];
  const who: Inline = id === null ? target : person(id, name ?? 'somebody');
  const said = target === 'holder' || target === 'handed' || target.includes(':');
  const role = id === null || said ? '' : ` as ${target}`;
  return [who, `${role}: ${OUTCOMES[outcome]}${answeredAt === null ? '' : ', has acknowledged'}`];
}

/** Told that nobody is on duty, or of an issue that nobody answered. */
function governanceWords(outcome: PingOutcome): string {
  if (outcome === 'away') return 'told that nobody is on duty';
  return outcome === 'unreachable'
    ? 'there is none, nor a channel of the seat'
    : 'told that nobody has answered';
}

const DRILL = 'This is a drill: nothing has happened. Please answer as if it were real; it counts nowhere.';

/** Who answered a drill, after how long, and who was asked. */
function drillResult({ issue, pings, nameOf }: IssueView): Element[] {
  if (!issue.drill || isOpen(issue.state)) return [];
  const who = (id: string): Inline => person(id, nameOf(id) ?? 'somebody');
  const asked = [
    ...new Set(pings.flatMap((p) => (p.person === null || p.outcome === 'away' ? [] : [p.person]))),
  ];
  const answered: Inline[] =
    issue.acknowledgedBy === null || issue.acknowledgedAt === null
      ? [
          bold('Nobody answered'),
          ` in ${formatDuration((issue.closedAt ?? issue.openedAt) - issue.openedAt)}.`,
        ]
      : [
          who(issue.acknowledgedBy),
          ` answered after ${formatDuration(issue.acknowledgedAt - issue.openedAt)}.`,
        ];
  return [
    paragraph(
      bold('Drill: '),
      ...answered,
      ...(asked.length === 0 ? [' Nobody could be asked.'] : [' Asked: ', ...joined(asked.map(who)), '.']),
    ),
  ];
}
