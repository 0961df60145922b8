import { letters, weakest } from '../domain/rubric.ts';
import type { StatusWord } from '../domain/metric.ts';
import { latest } from '../domain/scorecard.ts';
import type { DigestRow, DigestView } from '../queries/digest.ts';
import { type Card, type Element, buttons, card, commandButton, list, note, paragraph } from '../ui/card.ts';
import { type Inline, type Text, bold, code, date, person, status } from '../ui/text.ts';
import { issueLine } from './issue.ts';
import { value } from './say.ts';
import { scorecardPicture } from './scorecard.ts';

/** What a digest names one by one; the rest is counted, with the command that shows it. */
const MOST_ROWS = 10;
const MOST_ISSUES = 8;
const MOST_MISSING = 12;
const MOST_SEATS = 10;

const WORDS: readonly StatusWord[] = ['red', 'yellow', 'green', 'missing'];

/** `3 red, 1 yellow, 12 green, 2 missing in 8 seats` */
const summaryOf = (d: DigestView): string => {
  const parts = WORDS.filter((w) => d.counts[w] > 0).map((w) => `${d.counts[w]} ${w}`);
  return `${parts.length === 0 ? 'No numbers yet' : parts.join(', ')} in ${d.seats} ${d.seats === 1 ? 'seat' : 'seats'}`;
};

const rowLine = ({ seat, row, status: now, was }: DigestRow): Text => [
  status(now),
  ' ',
  bold(row.metric.name),
  ` of ${seat.name}: ${value(latest(row.cells), row.metric.unit)} (target ${row.target})`,
  ...(was === undefined ? [] : [`, was ${was}`]),
];

const rest = (hidden: number, what: string, command: string): Element[] =>
  hidden > 0 ? [note(`and ${hidden} more ${what}: `, code(command))] : [];

function missing(d: DigestView): Element[] {
  const rows = d.rows.filter((r) => r.status === 'missing');
  if (rows.length === 0) return [];
  const byOwner = [...Map.groupBy(rows, (r) => r.row.metric.owner ?? '')];
  const items = byOwner.slice(0, MOST_MISSING).map(([owner, theirs]): Text => {
    const who: Inline = owner === '' ? 'nobody' : person(owner, theirs[0]!.row.ownerName ?? 'somebody');
    const names = theirs.slice(0, 5).map((r) => `${r.seat.key} ${r.row.metric.key}`);
    const more = theirs.length > 5 ? ` and ${theirs.length - 5} more` : '';
    return [who, `: ${names.join(', ')}${more}`];
  });
  return [
    paragraph(bold('Missing numbers')),
    list(items),
    ...rest(byOwner.length - MOST_MISSING, 'people', 'scorecard'),
  ];
}

function attention(d: DigestView): Element[] {
  const worst = d.rows.filter((r) => r.status === 'red' || r.status === 'yellow');
  const better = d.rows.filter((r) => r.status === 'green' && r.was !== undefined && r.was !== 'missing');
  return [
    ...(worst.length === 0
      ? []
      : [paragraph(bold('Worst first')), list(worst.slice(0, MOST_ROWS).map(rowLine))]),
    ...rest(worst.length - MOST_ROWS, 'numbers that miss their target', 'scorecard'),
    ...(better.length === 0
      ? []
      : [paragraph(bold('Back on target')), list(better.slice(0, 5).map(rowLine))]),
  ];
}

function issues(d: DigestView): Element[] {
  if (d.issues.length === 0) return [paragraph(bold('Open issues'), ': none')];
  return [
    paragraph(bold(`Open issues (${d.issues.length})`)),
    list(d.issues.slice(0, MOST_ISSUES).map((line) => issueLine(line, d.at))),
    ...rest(d.issues.length - MOST_ISSUES, 'issues', 'issue list'),
  ];
}

function readiness(d: DigestView): Element[] {
  const lowest = d.scored.toSorted((a, b) => a.score.percent - b.score.percent).slice(0, MOST_SEATS);
  const items = lowest.map(({ seat, score }): Text => [
    bold(seat.name),
    ` ${letters(score.marks)} · ${score.percent} %, weakest dimension ${weakest(score.marks)}, `,
    date(score.at, d.zone),
  ]);
  const never = d.neverScored.map((s) => s.key);
  return [
    ...(items.length === 0 ? [] : [paragraph(bold('Readiness')), list(items)]),
    ...rest(d.scored.length - MOST_SEATS, 'seats', 'seat list'),
    ...(never.length === 0
      ? []
      : [
          note(
            `Never scored: ${never.slice(0, 8).join(', ')}${never.length > 8 ? ` and ${never.length - 8} more` : ''}.`,
          ),
        ]),
  ];
}

/** The weekly post of a channel. */
export function digestCard(d: DigestView, late: boolean): Card {
  const title = `Weekly scorecard, ${d.week.key}`;
  if (d.seats === 0) {
    return card(title, [
      paragraph(
        'No seat reports in this channel yet. A seat reports here when it is added here: ',
        code('seat add'),
      ),
    ]);
  }
  const shown = worstCards(d);
  return card(
    title,
    [
      paragraph(bold(summaryOf(d)), '.'),
      ...(late ? [note('This digest is late: Coxswain was not running when it was due.')] : []),
      ...attention(d),
      ...(d.rows.length === 0 ? [] : [scorecardPicture({ weeks: d.weeks, cards: shown }, title, d.at)]),
      ...missing(d),
      ...issues(d),
      ...readiness(d),
      buttons(commandButton('Log numbers', 'log'), commandButton('Full scorecard', 'scorecard')),
    ],
    { fallback: `${title}: ${summaryOf(d)}`, rest: 'scorecard' },
  );
}

/** The seats for the picture: those with the worst numbers first. */
function worstCards(d: DigestView): DigestView['cards'] {
  const order = new Map<string, number>();
  for (const row of d.rows) if (!order.has(row.seat.id)) order.set(row.seat.id, order.size);
  return d.cards
    .filter((c) => c.rows.length > 0)
    .toSorted((a, b) => (order.get(a.seat.id) ?? 1e9) - (order.get(b.seat.id) ?? 1e9))
    .slice(0, 12);
}
