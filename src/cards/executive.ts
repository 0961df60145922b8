import type { Funnel } from '../domain/funnel.ts';
import { SEVERITY_WORDS, type Severity } from '../domain/issue.ts';
import type { StatusWord } from '../domain/metric.ts';
import type { ExecutiveView, Trouble } from '../queries/executive.ts';
import { clip } from '../text.ts';
import {
  type Card,
  type Element,
  buttons,
  card,
  commandButton,
  facts,
  list,
  note,
  paragraph,
  table,
} from '../ui/card.ts';
import { type Text, bold, code } from '../ui/text.ts';

const WORDS: readonly StatusWord[] = ['red', 'yellow', 'green', 'missing'];
const SEVERITIES: readonly Severity[] = [1, 2, 3, 4];

const some = (count: number, word: string): string[] => (count > 0 ? [`${count} ${word}`] : []);
const orNone = (parts: readonly string[]): string => (parts.length === 0 ? 'none' : parts.join(', '));

const issuesText = (issues: Readonly<Record<Severity, number>>): string[] =>
  SEVERITIES.flatMap((severity) => some(issues[severity], SEVERITY_WORDS[severity]));

const named = (names: readonly string[], word: string): string[] =>
  names.length === 0
    ? []
    : [
        `${names.length} ${word} (${names
          .slice(0, 3)
          .map((name) => clip(name, 40))
          .join(', ')}${names.length > 3 ? ', …' : ''})`,
      ];

/** Why a seat is among the worst. */
function why({ seat, red, missing, yellow, issues, overdue, latePriorities }: Trouble): string {
  const open = issuesText(issues);
  return [
    ...(seat.halted ? ['halted'] : []),
    ...(open.length === 0 ? [] : [`open issues: ${open.join(', ')}`]),
    ...some(overdue, 'of them overdue'),
    ...named(red, 'red'),
    ...named(missing, 'missing'),
    ...some(yellow, 'yellow'),
    ...some(latePriorities, latePriorities === 1 ? 'priority overdue' : 'priorities overdue'),
  ].join('; ');
}

function worst({ worst: seats, more }: ExecutiveView): Element[] {
  if (seats.length === 0) return [paragraph(bold('No seat is in trouble'), '.')];
  return [
    paragraph(bold(seats.length === 1 ? 'The seat in trouble' : `The worst ${seats.length} seats`)),
    list(
      seats.map((one): Text => [
        bold(clip(one.seat.name, 80)),
        ` (${one.seat.key}, ${one.seat.stage}): ${why(one)}`,
      ]),
    ),
    ...(more > 0 ? [note(`and ${more} more with something: `, code('scorecard all'))] : []),
  ];
}

/** The middle, the least ready, and how many nobody has scored. */
function readiness({ readiness: { scored, neverScored, median, lowest } }: ExecutiveView): Element[] {
  if (scored === 0 && neverScored === 0) return [];
  const unscored = neverScored === 0 ? '' : ` ${neverScored} never scored.`;
  if (scored === 0) return [paragraph(bold('Readiness'), `:${unscored}`)];
  const seats = `${scored} scored ${scored === 1 ? 'seat' : 'seats'}`;
  return [
    paragraph(bold('Readiness'), `: median ${median} % of ${seats}.${unscored}`),
    ...(scored < 2
      ? []
      : [
          paragraph('The least ready:'),
          list(
            lowest.map((one): Text => [
              bold(clip(one.seat.name, 80)),
              ` (${one.seat.key}): ${one.letters} · ${one.percent} %`,
            ]),
          ),
        ]),
  ];
}

const percent = (part: number, of: number): string => `${Math.round((100 * part) / of)} %`;

function path({ stages, piloted, reached, stopped }: Funnel): Element[] {
  const rows = stages
    .filter((stage) => stage.seats > 0)
    .map(({ stage, seats, days }): Text[] => [stage, String(seats), days === undefined ? '–' : `${days}`]);
  return [
    paragraph(bold('From pilot to production')),
    table(
      [
        { title: 'Stage' },
        { title: 'Seats', align: 'right' },
        { title: 'Median days there', align: 'right' },
      ],
      rows,
    ),
    paragraph(
      piloted === 0
        ? 'No seat has been in pilot yet.'
        : `${reached} of ${piloted} seats that were in pilot reached production: ${percent(reached, piloted)}. `,
      `${stopped} ${stopped === 1 ? 'was' : 'were'} stopped before production, by a decision with a reason.`,
    ),
    note(
      'For comparison: surveys of companies mostly find that 10 to 20 percent of AI pilots reach production. ',
      'They ask differently and count differently, so take it as a rough mark. A clean stop is a result, too.',
    ),
  ];
}

/** The weekly digest of the whole organisation, for executives. */
export function executiveCard(view: ExecutiveView, late: boolean): Card {
  const title = `${clip(view.org, 80)}: all seats, ${view.week.key}`;
  const numbers = orNone(WORDS.flatMap((word) => some(view.counts[word], word)));
  const issues = orNone(issuesText(view.issues));
  return card(
    title,
    [
      ...(late ? [note('This digest is late: Coxswain was not running when it was due.')] : []),
      facts(
        ['Seats', `${view.seats}${view.halted > 0 ? `, ${view.halted} halted` : ''}`],
        ['Numbers', numbers],
        ['Open issues', `${issues}${view.overdue > 0 ? `; ${view.overdue} overdue` : ''}`],
        ['Priorities overdue', view.latePriorities === 0 ? 'none' : String(view.latePriorities)],
      ),
      ...worst(view),
      ...readiness(view),
      ...path(view.funnel),
      buttons(commandButton('All numbers', 'scorecard all'), commandButton('All seats', 'seat list')),
    ],
    { fallback: `${title}: numbers ${numbers}; open issues ${issues}`, rest: 'digest executive preview' },
  );
}
