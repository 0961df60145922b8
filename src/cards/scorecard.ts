import { type ScorecardPicture, scorecardAlt } from '../charts/index.ts';
import { latest } from '../domain/scorecard.ts';
import type { MetricRow, Scorecards } from '../queries/scorecard.ts';
import {
  type Card,
  type Element,
  card,
  commandButton,
  buttons,
  paragraph,
  picture,
  table,
} from '../ui/card.ts';
import { type Text, bold } from '../ui/text.ts';
import { cellStatus, value } from './say.ts';

/** Rows that a picture shows; more are in the table or behind the pointer. */
const PICTURE_ROWS = 12;
const TABLE_ROWS = 40;

/** What the picture draws. The drawing and its alt text come from the same data. */
export function scorecardData(scorecards: Scorecards, title: string): ScorecardPicture {
  const rows = scorecards.cards.flatMap(({ seat, rows }) => rows.map((row) => ({ seat, row })));
  const several = scorecards.cards.length > 1;
  return {
    title,
    subtitle: `${scorecards.weeks[0]?.key ?? ''} to ${scorecards.weeks.at(-1)?.key ?? ''}`,
    weeks: scorecards.weeks.map((week) => week.key.slice(5)),
    rows: rows.slice(0, PICTURE_ROWS).map(({ seat, row }) => ({
      ...(several ? { seat: seat.name } : {}),
      metric: row.metric.name,
      unit: row.metric.unit,
      target: row.target,
      ...(row.ownerName === undefined ? {} : { owner: row.ownerName }),
      band: bandOf(row),
      cells: row.cells.map((cell) => ({
        ...cell,
        ...(cell.value === undefined ? {} : { text: value(cell, row.metric.unit) }),
      })),
    })),
    more: Math.max(0, rows.length - PICTURE_ROWS),
  };
}

function bandOf({ metric }: MetricRow): { low?: number; high?: number } {
  switch (metric.direction) {
    case 'higher':
      return { low: metric.target };
    case 'lower':
      return { high: metric.target };
    case 'range':
      return { low: metric.target, high: metric.targetHigh ?? metric.target };
    default:
      return metric.direction satisfies never;
  }
}

/** The picture of these scorecards, with the seats and the instant that it is drawn from. */
export function scorecardPicture(scorecards: Scorecards, title: string, at: number): Element {
  const data = scorecardData(scorecards, title);
  return picture({
    name: 'scorecard',
    args: { seats: scorecards.cards.map((c) => c.seat.id).slice(0, PICTURE_ROWS), title, at },
    alt: scorecardAlt(data),
  });
}

function scorecardTable(scorecards: Scorecards): Element {
  const several = scorecards.cards.length > 1;
  const rows = scorecards.cards.flatMap(({ seat, rows }) =>
    rows.map((row): Text[] => {
      const now = latest(row.cells);
      return [
        ...(several ? [seat.key] : []),
        row.metric.name,
        value(now, row.metric.unit),
        cellStatus(now),
        row.target,
        row.ownerName ?? 'nobody',
      ];
    }),
  );
  return table(
    [
      ...(several ? [{ title: 'Seat' }] : []),
      { title: 'Number', weight: 2 },
      { title: 'Now', align: 'right' as const },
      { title: 'Status' },
      { title: 'Target' },
      { title: 'Owner' },
    ],
    rows.slice(0, TABLE_ROWS),
  );
}

export function scorecardCard(scorecards: Scorecards, title: string, at: number, rest: string): Card {
  const rows = scorecards.cards.reduce((sum, c) => sum + c.rows.length, 0);
  if (rows === 0) {
    const key = scorecards.cards[0]?.seat.key ?? 'claims';
    return card(title, [
      paragraph('There are no numbers yet. A number is added like this:'),
      paragraph(bold(`metric add ${key} acceptance quality % higher 90 5`)),
    ]);
  }
  return card(
    title,
    [
      scorecardPicture(scorecards, title, at),
      scorecardTable(scorecards),
      buttons(commandButton('Log numbers', 'log')),
    ],
    { fallback: scorecardAlt(scorecardData(scorecards, title)).slice(0, 300), rest },
  );
}
