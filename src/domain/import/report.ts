import { CSV_MARK, csvLine } from '../csv-write.ts';
import type { FieldChange, ImportCounts, Outcome } from './plan.ts';

/** The first line of a report. */
export const REPORT_HEAD = CSV_MARK + csvLine(['row', 'outcome', 'seat', 'id', 'changes', 'kept', 'notes']);

/** `hr-list.csv` → `hr-list-report.csv` */
export function reportName(fileName: string): string {
  const stem = fileName.replace(/\.[a-z]{1,5}$/i, '').replaceAll(/[^\p{L}\p{N}]+/gu, '-');
  return `${
    stem
      .slice(0, 60)
      .toWellFormed()
      .replaceAll(/^-+|-+$/g, '') || 'import'
  }-report.csv`;
}

/** Lines of a report about the file as a whole: how it was read, and what was named anew. They have no row. */
export const fileLines = (fileName: string, notes: readonly string[]): string =>
  notes
    .map((note, i) => csvLine(['', 'file', '', '', '', '', i === 0 ? `${fileName}: ${note}` : note]))
    .join('');

const changeText = ({ field, before, after }: FieldChange): string =>
  before === '' ? `${field}: ${after}` : `${field}: ${before} → ${after}`;

const WORDS = { create: 'create', change: 'change', unchanged: 'unchanged' } as const;

/** One line of a report: what became of a row, or would, and why. */
export function reportLine(one: Outcome): string {
  if (one.outcome === 'skip')
    return csvLine([one.row, one.meant ? 'skip' : 'fault', '', '', '', '', one.why]);
  const changes = one.outcome === 'change' ? one.changes.map(changeText).join('\n') : '';
  return csvLine([
    one.row,
    WORDS[one.outcome],
    one.key,
    one.id,
    changes,
    one.kept.map(changeText).join('\n'),
    [...one.notes, ...(one.shortened ?? [])].join('\n'),
  ]);
}

const number = (count: number): string => count.toLocaleString('en');

const plural = (count: number, one: string, many: string): string =>
  `${number(count)} ${count === 1 ? one : many}`;

/** `2,133 rows: 2,133 created, 0 changed, …`; every row is in exactly one of the numbers. */
export function countsSaid(counts: ImportCounts, rows: number, done: boolean): readonly string[] {
  const { create, change, unchanged, skip, fault, noted, kept } = counts;
  const words = done
    ? ['created', 'changed', 'unchanged', 'left out', 'with a fault']
    : ['to create', 'to change', 'unchanged', 'left out', 'with a fault'];
  const numbers = [create, change, unchanged, skip, fault];
  return [
    `${plural(rows, 'row', 'rows')}: ${numbers.map((count, i) => `${number(count)} ${words[i]}`).join(', ')}.`,
    ...(noted === 0 ? [] : [`${plural(noted, 'row has a note', 'rows have notes')}; the report says which.`]),
    ...(kept === 0
      ? []
      : [
          `${plural(kept, 'field was', 'fields were')} changed by people since the last import and ${kept === 1 ? 'stays as it is' : 'stay as they are'}.`,
        ]),
  ];
}
