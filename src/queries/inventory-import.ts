import { type Import, importById, importOutcomes } from '../../db/imports.ts';
import { channelById, orgById } from '../../db/orgs.ts';
import type { Db } from '../../db/store.ts';
import { REPORT_HEAD, fileLines, reportLine, reportName } from '../domain/import/report.ts';
import { sketchMapping } from '../domain/import/sketch.ts';
import type { Visibility } from '../domain/visibility.ts';
import { notFound } from '../errors.ts';

export type ImportShown = Pick<
  Import,
  'id' | 'state' | 'fileName' | 'rows' | 'position' | 'counts' | 'notes' | 'overwrite'
> & {
  /** The first rows that cannot be taken. */
  readonly faults: readonly { readonly row: number; readonly why: string }[];
  /** Whether what became of each row is still known. */
  readonly hasReport: boolean;
};

const SHOWN_FAULTS = 10;

/** An import from chat, as its message shows it. */
export async function loadImport(db: Db, org: string, id: string): Promise<ImportShown | undefined> {
  const found = await importById(db, org, id);
  if (found === undefined) return undefined;
  // While it goes on, only how far it is is shown.
  const resting = found.state === 'checked' || found.state === 'done';
  const parts = resting ? await importOutcomes(db, org, id) : [];
  const faults = parts.flatMap((part) =>
    part.outcomes.flatMap((one) =>
      one.outcome === 'skip' && !one.meant ? [{ row: one.row, why: one.why }] : [],
    ),
  );
  return { ...found, faults: faults.slice(0, SHOWN_FAULTS), hasReport: parts.length > 0 };
}

/** What becomes of each row of an import from chat, as a CSV file. Throws not_found when it is forgotten. */
export async function importReport(
  db: Db,
  org: string,
  id: string,
): Promise<{ readonly name: string; readonly text: string }> {
  const parts = await importOutcomes(db, org, id);
  if (parts.length === 0)
    throw notFound('The report of this import is no longer there.', { hint: 'seat import' });
  const { fileName = 'import', notes = [] } = (await importById(db, org, id)) ?? {};
  const lines = parts.flatMap((part) => part.outcomes.map(reportLine));
  return {
    name: reportName(fileName),
    text: REPORT_HEAD + fileLines(fileName, notes) + lines.join(''),
  };
}

/** A mapping guessed from the titles of a file that was given without one. */
export async function loadSketch(db: Db, org: string, id: string): Promise<string> {
  const found = await importById(db, org, id);
  if (found?.state !== 'sketched')
    throw notFound('This mapping is no longer there. Give the file again.', { hint: 'seat import' });
  return sketchMapping(found.fileName, found.notes);
}

const SEEN_ELSEWHERE: Readonly<Record<Visibility, string>> = {
  everyone: '',
  people:
    ' That channel is not for everyone: elsewhere only its people, governors and admins see such a seat.',
  governors:
    ' That channel is for governors: elsewhere only its owners, governors and admins see such a seat.',
};

/** A note for a file that is imported: where the seats report that it gives no channel, and who sees them then. */
export async function whereSeatsReport(db: Db, org: string): Promise<string> {
  const id = (await orgById(db, org))?.governanceChannel ?? undefined;
  const channel = id === undefined ? undefined : await channelById(db, org, id);
  return channel === undefined
    ? 'New seats without a channel report nowhere, until “seat here” is said in one.'
    : `New seats without a channel report in #${channel.name}.${SEEN_ELSEWHERE[channel.visibility]}`;
}
