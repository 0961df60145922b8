import { formatNumber } from '../domain/metric.ts';
import type { CsvFault } from '../domain/readings-csv.ts';
import {
  type Card,
  type Element,
  buttons,
  card,
  commandButton,
  formButton,
  heading,
  list,
  note,
  paragraph,
  pressButton,
} from '../ui/card.ts';
import type { Text } from '../ui/text.ts';

/** One reading of a file, as it would be logged. */
interface PlannedLine {
  readonly row: number;
  readonly seat: string;
  readonly metric: string;
  readonly period: string;
  readonly value: number;
  readonly note: string | null;
  readonly outcome: 'log' | 'correct' | 'skip';
  readonly before?: number;
  readonly why?: string;
}

export interface ImportPreview {
  readonly id: string;
  readonly planned: readonly PlannedLine[];
  readonly faults: readonly CsvFault[];
  /** Columns that say nothing about readings. */
  readonly ignored: readonly string[];
}

/** Lines of each kind that are shown; what is skipped matters most. */
const SHOWN = { skip: 25, correct: 20, log: 20 } as const;

const count = (n: number, one: string, many = `${one}s`): string => `${n} ${n === 1 ? one : many}`;

function section(title: string, lines: readonly Text[], most: number): Element[] {
  if (lines.length === 0) return [];
  const more = lines.length - most;
  return [
    heading(`${title} (${lines.length})`),
    list(lines.slice(0, most)),
    ...(more > 0 ? [note(`and ${more} more like these.`)] : []),
  ];
}

const about = (p: PlannedLine): string =>
  `row ${p.row}: ${p.seat} ${p.metric}${p.period === '' ? '' : ` for ${p.period}`}`;
const noted = (p: PlannedLine): string => (p.note === null ? '' : `: “${p.note}”`);

/** What a file would do, row by row. Nothing is logged until the button is pressed. */
export function importCard({ id, planned, faults, ignored }: ImportPreview): Card {
  const of = (outcome: PlannedLine['outcome']) => planned.filter((p) => p.outcome === outcome);
  const [log, correct, skip] = [of('log'), of('correct'), of('skip')];
  const wrong = [
    ...faults.map((f) => ({
      row: f.row,
      line: `row ${f.row}${f.column === '' ? '' : `, ${f.column}`}: ${f.say}`,
    })),
    ...skip.map((p) => ({ row: p.row, line: `${about(p)}: ${p.why ?? ''}` })),
  ].toSorted((a, b) => a.row - b.row);
  const ready = log.length + correct.length;
  const title =
    ready === 0
      ? 'Nothing in this file can be logged'
      : `${count(ready, 'value')} can be logged from this file`;
  const summary = [`${log.length} new`, count(correct.length, 'correction'), `${wrong.length} skipped`].join(
    ', ',
  );
  return card(title, [
    paragraph(`${summary}. Nothing has been logged yet.`),
    ...section(
      'Skipped',
      wrong.map((w) => w.line),
      SHOWN.skip,
    ),
    ...section(
      'Corrected',
      correct.map(
        (p) => `${about(p)}: ${formatNumber(p.value)} corrects ${formatNumber(p.before ?? 0)}${noted(p)}`,
      ),
      SHOWN.correct,
    ),
    ...section(
      'Logged',
      log.map((p) => `${about(p)}: ${formatNumber(p.value)}${noted(p)}`),
      SHOWN.log,
    ),
    ...(ignored.length === 0 ? [] : [note(`Columns that are not read: ${ignored.slice(0, 10).join(', ')}.`)]),
    buttons(
      ...(ready === 0
        ? []
        : [pressButton(`Log ${count(ready, 'value')}`, 'import.log', { import: id }, { style: 'primary' })]),
      formButton('Another file', 'reading.csv', {}),
    ),
  ]);
}

/** The values of a file were logged. */
export function importedCard(counts: {
  readonly readings: number;
  readonly corrected: number;
  readonly green: number;
  readonly yellow: number;
  readonly red: number;
}): Card {
  const { readings, corrected, green, yellow, red } = counts;
  return card(`Logged ${count(readings, 'value')}`, [
    paragraph(
      `${green} green, ${yellow} yellow, ${red} red; ${count(corrected, 'correction')}. What was corrected is kept.`,
    ),
    note('Only the newest periods can open an issue; values of the past are history.'),
    buttons(commandButton('Scorecard', 'scorecard')),
  ]);
}
