import { checkImport, importKey, keptImport } from '../src/actions/import/index.ts';
import { perform } from '../src/actions/perform.ts';
import { logReadings } from '../src/actions/reading/index.ts';
import { importCard, importedCard } from '../src/cards/import.ts';
import { type CsvAbout, readReadingsCsv } from '../src/domain/readings-csv.ts';
import { CoxswainError } from '../src/errors.ts';
import { newId } from '../src/ids.ts';
import type { Card } from '../src/ui/card.ts';
import type { Asked } from './command.ts';

/** Reads and checks a file; answers with what it would do, and a button that does it. */
export async function previewImport(asked: Asked, text: string, about: CsvAbout): Promise<Card> {
  const { readings, faults, ignored } = await readReadingsCsv(text, about);
  const id = newId();
  const { planned } = await perform(asked, checkImport, { rows: readings }, importKey(id));
  return importCard({ id, planned, faults, ignored });
}

/** Logs a checked file, all of it or nothing; pressed again, it changes nothing more. */
export async function logImport(asked: Asked, id: string): Promise<Card> {
  const { planned } = await keptImport(asked, id);
  const wanted = planned.filter((p) => p.outcome !== 'skip');
  const readings = wanted.map(({ seat, metric, period, value, note }) => ({
    seat,
    metric,
    period,
    value,
    ...(note === null ? {} : { note }),
  }));
  const { counts } = await perform(asked, logReadings, { readings }, `${importKey(id)}:logged`).catch(
    (error: unknown) => {
      throw rowNamed(
        error,
        wanted.map((p) => p.row),
      );
    },
  );
  return importedCard(counts);
}

/** The action counts readings from 0; who looks at the file counts rows. */
function rowNamed(error: unknown, rows: readonly number[]): unknown {
  if (!(error instanceof CoxswainError)) return error;
  const at = Object.keys(error.fields).flatMap(
    (name) => /^(?:value_|readings\.)(\d+)$/.exec(name)?.[1] ?? [],
  );
  const row = at[0] === undefined ? undefined : rows[Number(at[0])];
  if (row === undefined) return error;
  return new CoxswainError(error.code, `Nothing was logged. Row ${row}: ${error.message}`, {
    hint: 'log csv',
  });
}
