import { type OrgChartPicture, orgChartAlt } from '../charts/index.ts';
import type { OrgChart, OrgChartRow } from '../queries/org-chart.ts';
import {
  type Card,
  type Element,
  buttons,
  card,
  commandButton,
  formButton,
  list,
  note,
  paragraph,
  picture,
} from '../ui/card.ts';
import { type Text, bold, code, person } from '../ui/text.ts';

/** What the picture draws. The drawing and its alt text come from the same data. */
export const orgChartData = (title: string, rows: readonly OrgChartRow[], more: number): OrgChartPicture => ({
  title,
  seats: rows.map(({ seat, depth, hidden, accountable }) => ({
    name: seat.name,
    key: seat.key,
    holder: seat.holder,
    accountable:
      accountable === undefined
        ? undefined
        : `${accountable.name}${accountable.acceptedAt === null ? ' (asked)' : ''}`,
    stage: seat.stage,
    halted: seat.halted,
    depth,
    hidden,
  })),
  more,
});

/** No-break spaces: platforms take others away from the beginning of a line. */
const indent = (depth: number): string =>
  depth === 0 ? '' : `${'\u00a0\u00a0\u00a0'.repeat(Math.min(depth, 12))}↳ `;

function rowText({ seat, depth, hidden, accountable }: OrgChartRow): Text {
  const who: Text =
    accountable === undefined
      ? bold('vacant')
      : [person(accountable.person, accountable.name), accountable.acceptedAt === null ? ' (asked)' : ''];
  const holder = seat.holder === 'ai' ? 'AI' : 'human';
  return [
    indent(depth),
    bold(seat.name),
    ' ',
    code(seat.key),
    `: ${holder}, ${seat.stage}${seat.halted ? ', halted' : ''}; accountable: `,
    ...[who].flat(),
    ...(hidden === 0 ? [] : [`; ${hidden} more below: `, code(`chart ${seat.key}`)]),
  ];
}

/** `chart`: who reports to whom, as a picture and as text. */
export function orgChartCard(chart: OrgChart, at: number): Card {
  const { root, rows, left, total } = chart;
  const line = root === undefined ? 'chart' : `chart ${root.key}`;
  if (rows.length === 0) {
    return card('No seats yet', [
      paragraph('A seat is one job with one owner. Add the first one:'),
      buttons(formButton('Add a seat', 'seat.add', {}, { style: 'primary' })),
    ]);
  }
  const title = root === undefined ? `Org chart of ${chart.name}` : `Below ${chart.name}`;
  const drawn = chart.drawn.rows;
  const data = orgChartData(title, drawn, chart.drawn.left);
  const up = chart.above[0];
  const body: Element[] = [
    picture({
      name: 'org-chart',
      args: {
        title,
        seats: drawn.map(({ seat }) => seat.id),
        depths: drawn.map(({ depth }) => depth),
        hidden: drawn.map(({ hidden }) => hidden),
        more: data.more,
        at,
      },
      alt: orgChartAlt(data, line),
    }),
    ...(up === undefined
      ? []
      : [note('Reports to ', chart.above.map(({ name }) => name).join(', which reports to '), '.')]),
    list(rows.map(rowText)),
    ...(left === 0
      ? []
      : [note(`${left} more ${left === 1 ? 'seat' : 'seats'} on top: `, code('seat list'))]),
    ...(total === 1 && root === undefined
      ? []
      : root === undefined && rows.every(({ depth, hidden }) => depth === 0 && hidden === 0)
        ? [note('Nobody reports to anybody yet: ', code(`seat edit ${rows[0]!.seat.key} parent=<key>`))]
        : []),
    buttons(
      ...(up === undefined ? [] : [commandButton(`Up to ${up.key}`, `chart ${up.key}`)]),
      ...(root === undefined
        ? [commandButton('All seats', 'seat list')]
        : [commandButton('Whole chart', 'chart'), commandButton('Show the seat', `seat show ${root.key}`)]),
    ),
  ];
  return card(title, body, { fallback: `${title}, ${total} ${total === 1 ? 'seat' : 'seats'}`, rest: line });
}
