import { countsSaid } from '../domain/import/report.ts';
import type { ImportShown } from '../queries/inventory-import.ts';
import {
  type Button,
  type Card,
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
import { clip } from '../text.ts';

const MOST_NOTES = 8;

const number = (count: number): string => count.toLocaleString('en');

function titleOf({ state, fileName, position, rows }: ImportShown): string {
  const file = clip(fileName, 60);
  const far = `${number(Math.min(position, rows))} of ${number(rows)} rows`;
  switch (state) {
    case 'checking':
      return `Looking at ${file}: ${far}`;
    case 'checked':
      return `${file}: what an import would do`;
    case 'running':
      return `Importing ${file}: ${far}`;
    case 'done':
      return `${file} is imported`;
    case 'sketched':
    case 'failed':
      return `${file} could not be imported`;
    case 'cancelled':
      return `${file} was not imported`;
    default:
      return state satisfies never;
  }
}

/** A file that becomes seats: what that would do, how far it is, what it did. */
export function inventoryImportCard(shown: ImportShown, byKey: boolean): Card {
  const { id, state, counts, rows, position, notes, faults, hasReport } = shown;
  if (state === 'cancelled') return card(titleOf(shown), [paragraph('Nothing was changed.')]);
  const done = state === 'running' || state === 'done';
  const at = state === 'checked' || state === 'done' ? rows : position;
  const [first, ...more] = countsSaid(counts, Math.min(at, rows), done);
  const report: Button[] = hasReport ? [pressButton('Report', 'inventory.report', { import: id })] : [];
  return card(titleOf(shown), [
    paragraph(first!),
    ...(more.length === 0 ? [] : [list(more.map((line) => [line]))]),
    ...(faults.length === 0
      ? []
      : [
          heading('Not taken'),
          list(faults.map(({ row, why }) => [`row ${row}: ${why}`])),
          ...(counts.fault > faults.length
            ? [note(`and ${number(counts.fault - faults.length)} more.`)]
            : []),
        ]),
    ...(state === 'checked' && notes.length > 0
      ? [
          heading('The file'),
          list(notes.slice(0, MOST_NOTES).map((line) => [line])),
          ...(notes.length > MOST_NOTES
            ? [note(`and ${number(notes.length - MOST_NOTES)} more, in the report.`)]
            : []),
        ]
      : []),
    ...buttonsOf(shown, byKey, report),
  ]);
}

function buttonsOf({ id, state, counts }: ImportShown, byKey: boolean, report: readonly Button[]) {
  const cancel = pressButton('Cancel', 'inventory.cancel', { import: id });
  if (state === 'checking') return [buttons(cancel)];
  if (state === 'done') return [buttons(...report, commandButton('Seats', 'seat list'))];
  if (state !== 'checked') return [];
  const ready = counts.create + counts.change;
  const start = pressButton(
    ready === 1 ? 'Import 1 row' : `Import ${number(ready)} rows`,
    'inventory.start',
    { import: id, byKey },
    { style: 'primary' },
  );
  return ready > 0
    ? [note('Nothing has been changed yet.'), buttons(start, ...report, cancel)]
    : [
        note('There is nothing to import.'),
        buttons(...report, formButton('Another file', 'seat.import', {})),
      ];
}

/** A file was taken, and is looked at now. */
export const fileTakenCard = (file: string): Card =>
  card('Looking at the file', [
    paragraph(
      `${clip(file, 60)} is being looked at. A direct message of mine shows how far that is, and then what an import would do.`,
    ),
  ]);
