import { shortNumber } from './number.ts';
import type { CellStatus } from './palette.ts';
import {
  type ScorecardCell,
  type ScorecardPicture,
  type ScorecardRow,
  cellsOf,
  lastWeeks,
} from './scorecard-data.ts';

/** What a row says at its right end. */
interface Latest {
  /** Without its unit; `–` when there is none. */
  readonly number: string;
  /** The same rounded to a few digits, where the value is known. */
  readonly rounded?: string | undefined;
  readonly unit: string;
  readonly status: CellStatus;
  /** The status as words, with the week when it is not the last one. */
  readonly note: string;
}

const said = (cell: ScorecardCell): string | undefined =>
  cell.text?.trim() || (cell.value === undefined ? undefined : shortNumber(cell.value));

function apart(text: string, unit: string): { number: string; unit: string } {
  const bare = unit !== '' && text.endsWith(unit) ? text.slice(0, -unit.length).trim() : text;
  if (/\d$/.test(bare)) return { number: bare, unit };
  return { number: text, unit: '' };
}

const joined = ({ number, unit }: { number: string; unit: string }): string => `${number} ${unit}`.trim();

/**
 * The newest value and its status. A missing number shows what it was before; where no number was due this
 * week, the last one stands, with its week.
 */
export function latest(row: ScorecardRow, weeks: ScorecardPicture['weeks']): Latest {
  const cells = cellsOf(row);
  const labels = lastWeeks(weeks, '');
  const at = cells.findLastIndex((cell) => cell.status !== 'none' || said(cell) !== undefined);
  const cell = cells[at];
  if (cell === undefined) return { number: '–', unit: '', status: 'none', note: 'no numbers yet' };

  const week = at === cells.length - 1 ? '' : ` · ${labels[at] ?? ''}`;
  const word = cell.status === 'none' ? 'not judged' : cell.status;
  const text = said(cell);
  const rounded = cell.value === undefined ? undefined : shortNumber(cell.value);
  if (text !== undefined)
    return { ...apart(text, row.unit), rounded, status: cell.status, note: `${word}${week}` };

  const before = cells.slice(0, at).findLast((earlier) => said(earlier) !== undefined);
  const was = before === undefined ? '' : `, was ${joined(apart(said(before) ?? '', row.unit))}`;
  return { number: '–', unit: '', status: cell.status, note: `${word}${was}${week}` };
}

/** `≥ 92 %`, with the unit added where the target does not say it. */
export const targetWithUnit = (row: ScorecardRow): string => {
  const target = row.target.trim();
  if (target === '' || row.unit === '' || target.includes(row.unit)) return target;
  return `${target} ${row.unit}`;
};

export const latestText = (last: Latest): string => joined(last);
