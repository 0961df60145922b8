import type { TableBlock } from '@slack/types';
import type { Column, Table } from '../../ui/card.ts';
import { type Text, inlines, plain } from '../../ui/text.ts';
import type { Names } from '../platform.ts';
import { line } from './clean.ts';
import { LIMITS } from './limits.ts';
import { richText } from './rich.ts';
import { weigh } from './weigh.ts';

type Cell = TableBlock['rows'][number][number];

const EMPTY = '–';

const cell = (text: Text, names: Names): Cell =>
  inlines(text).every((part) => typeof part === 'string')
    ? { type: 'raw_text', text: line(plain(text), LIMITS.cell, EMPTY) }
    : (richText(text, names, LIMITS.cell) ?? { type: 'raw_text', text: EMPTY });

/**
 * The part of a table that Slack takes, and how many characters it holds. `room` is what the message has left:
 * rows that do not fit are left out, and so are rows and columns beyond the limits.
 */
export function tableBlock(
  table: Table,
  names: Names,
  room: number,
): { readonly block: TableBlock; readonly characters: number; readonly cut: boolean } | undefined {
  const columns = table.columns.slice(0, LIMITS.table.columns);
  const rows: Cell[][] = [];
  let characters = 0;
  const all: (readonly Text[])[] = [columns.map((column) => heading(column.title)), ...table.rows];
  for (const row of all) {
    const cells = columns.map((_, c) => cell(row[c] ?? '', names));
    const size = weigh(cells);
    if (rows.length === LIMITS.table.rows || characters + size > room) break;
    characters += size;
    rows.push(cells);
  }
  if (rows.length === 0 || columns.length === 0) return undefined;
  return {
    block: { type: 'table', column_settings: columns.map(setting), rows },
    characters,
    cut: rows.length < all.length || columns.length < table.columns.length,
  };
}

const setting = (column: Column) => ({ align: column.align ?? 'left', is_wrapped: true });

const heading = (title: string): Text => ({ kind: 'bold', text: line(title, LIMITS.cell, EMPTY) });

/** The same as lines of text, where there is no table block: `*CLAIMS-1* · Age: 3 days`. */
export const tableLines = (table: Table): Text[] =>
  table.rows.map((row) =>
    row.flatMap((value, c) => {
      const title = table.columns[c]?.title ?? '';
      if (c === 0)
        return typeof value === 'string' ? [{ kind: 'bold', text: value } as const] : inlines(value);
      return [` · ${title === '' ? '' : `${title}: `}`, ...inlines(plain(value) === '' ? EMPTY : value)];
    }),
  );
