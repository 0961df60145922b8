import { weakestOf } from '../domain/rubric/colour.ts';
import { median } from '../domain/funnel.ts';
import type { DigestView } from '../queries/digest.ts';
import { list, paragraph } from '../ui/card.ts';
import { type Text, bold, date } from '../ui/text.ts';
import { type Part, heading, rest } from './digest-parts.ts';
import { short } from './say.ts';
import { trendText } from './score.ts';

const MOST_SCORED = 10;
const MOST_NAMED = 8;
const MOST_MOVED = 5;
const MOST_ASKED = 4;

type Scored = DigestView['scored'][number];

const line = ({ seat, standing }: Scored): string => {
  const { letters, percent, dimensions } = standing.now;
  const weakest = weakestOf(dimensions.flatMap((d) => d.colour ?? []));
  return `${short(seat.name)} ${letters} · ${percent} %${weakest === undefined ? '' : `, weakest dimension ${weakest}`}`;
};

function neverScored({ neverScored: seats }: DigestView): string {
  if (seats.length === 0) return '';
  const more = seats.length > MOST_NAMED ? ` and ${seats.length - MOST_NAMED} more` : '';
  return `Never scored: ${seats
    .slice(0, MOST_NAMED)
    .map((s) => s.key)
    .join(', ')}${more}.`;
}

/** Seats whose readiness rose or fell since the week before. */
const movedOf = ({ scored }: DigestView): readonly Scored[] =>
  scored.filter(({ standing }) => standing.trend === 'rose' || standing.trend === 'fell');

const requestLine = (
  { seat, request, reviewer, overdue }: DigestView['requests'][number],
  zone: string,
): Text => [
  `${short(seat.name)}: ${short(reviewer)}, by `,
  date(request.dueAt, zone),
  overdue ? ' · overdue' : '',
];

/** Readiness in the post: the middle, who rose or fell, what was asked for; in the thread each seat, the least ready first. */
export function readinessPart(d: DigestView): Part {
  const lowest = d.scored.toSorted((a, b) => a.standing.now.percent - b.standing.now.percent);
  const [worst] = lowest;
  const unscored = neverScored(d);
  const moved = movedOf(d);
  const middle = median(lowest.map(({ standing }) => standing.now.percent));
  const overview =
    worst === undefined
      ? []
      : [
          lowest.length === 1
            ? `: ${line(worst)}. `
            : `: median ${middle} %, lowest ${short(worst.seat.name)} with ${worst.standing.now.percent} %. `,
        ];
  const asked = d.requests.slice(0, MOST_ASKED).map((request) => requestLine(request, d.zone));
  return {
    main: [
      ...(worst === undefined && unscored === ''
        ? []
        : [paragraph(bold('Readiness'), ...(worst === undefined ? [': '] : overview), unscored)]),
      ...(moved.length === 0
        ? []
        : [
            list(
              moved
                .slice(0, MOST_MOVED)
                .map(({ seat, standing }): Text => [
                  bold(short(seat.name)),
                  ` ${trendText(standing)} to ${standing.now.percent} %`,
                ]),
            ),
            ...rest(moved.length - MOST_MOVED, 'seats that rose or fell', 'seat list'),
          ]),
      ...(asked.length === 0
        ? []
        : [
            paragraph(bold('Scores asked for')),
            list(asked),
            ...rest(d.requests.length - MOST_ASKED, 'scores that were asked for', 'seat list'),
          ]),
    ],
    more:
      lowest.length < 2
        ? []
        : [
            heading('Readiness'),
            list(
              lowest
                .slice(0, MOST_SCORED)
                .map((scored): Text => [line(scored), ', ', date(scored.standing.now.at, d.zone)]),
            ),
            ...rest(lowest.length - MOST_SCORED, 'seats', 'seat list'),
          ],
  };
}
