import { MOST_PRIORITIES } from '../domain/priority.ts';
import type { PriorityLine, SeatPriorities } from '../queries/priority.ts';
import { clip } from '../text.ts';
import { short } from './say.ts';
import {
  type Button,
  type Card,
  type Element,
  buttons,
  card,
  formButton,
  list,
  note,
  paragraph,
  pressButton,
} from '../ui/card.ts';
import { type Inline, type Text, bold, code } from '../ui/text.ts';

const LONGEST_TITLE = 80;

/** Where it stands, in words: `off track in 2026-W47`, `no word for a week`. */
function standing({ priority, word, overdue }: PriorityLine): string {
  if (priority.state !== 'open') return priority.state;
  const said =
    word === undefined
      ? 'no word yet'
      : `${word.on ? 'on' : 'off'} track in ${word.week}${word.stale ? ', no word since' : ''}`;
  return overdue ? `overdue since the end of ${priority.quarter}, ${said}` : said;
}

export const priorityLine = (line: PriorityLine): readonly Inline[] => [
  bold(line.priority.ref),
  ` ${clip(line.priority.title, LONGEST_TITLE)} · ${short(line.ownerName)} · ${standing(line)}`,
];

/** The week's word by button. */
const trackButtons = (ref: string): Button[] => [
  pressButton('On track', 'priority.track', { priority: ref, on: true }),
  pressButton('Off track', 'priority.track', { priority: ref, on: false }),
];

/** Priorities that wait for their word, each with its buttons. */
export const askWords = (
  asked: readonly { readonly ref: string; readonly title: string; readonly where: string }[],
  most: number,
): Element[] => [
  ...asked
    .slice(0, most)
    .flatMap(({ ref, title, where }): Element[] => [
      paragraph(bold(ref), ` ${clip(title, LONGEST_TITLE)}, ${where}`),
      buttons(...trackButtons(ref)),
    ]),
  ...(asked.length > most
    ? [note(`and ${asked.length - most} more priorities: `, code('priority list'))]
    : []),
];

/** `priority list <seat>`. */
export function seatPrioritiesCard(
  seat: { readonly key: string; readonly name: string },
  { quarter, lines }: SeatPriorities,
): Card {
  const taken = lines.filter(
    ({ priority }) => priority.quarter === quarter && priority.state !== 'dropped',
  ).length;
  return card(
    `Priorities of ${seat.name}, ${quarter}`,
    [
      lines.length === 0
        ? paragraph('There are none yet. The first one:')
        : list(lines.map((line): Text => priorityLine(line))),
      note(`${taken} of ${MOST_PRIORITIES} places of ${quarter} are taken.`),
      buttons(formButton('Add a priority', 'priority.add', { seat: seat.key })),
    ],
    { rest: `priority list ${seat.key}` },
  );
}

/** `priority list`: what is open in several seats. */
export function prioritiesCard(lines: readonly PriorityLine[], where: string): Card {
  if (lines.length === 0) {
    return card(`No open priorities ${where}`, [
      paragraph('A seat has up to seven a quarter, each with one owner.'),
      buttons(formButton('Add a priority', 'priority.add', {})),
    ]);
  }
  const shown = lines.slice(0, 30);
  return card(
    `Open priorities ${where}`,
    [
      list(shown.map((line): Text => priorityLine(line))),
      ...(lines.length > shown.length
        ? [note(`and ${lines.length - shown.length} more. Name a seat: `, code('priority list claims'))]
        : []),
      buttons(formButton('Add a priority', 'priority.add', {})),
    ],
    { rest: 'priority list' },
  );
}
