import { z } from 'zod';
import type { App } from '../context.ts';
import { versionedKey } from '../domain/rubric/score.ts';
import { notFound } from '../errors.ts';
import { type ExportArgs, exportSeats } from '../queries/seat-export.ts';
import { rubricVersions } from '../../db/rubrics.ts';
import { builtinRubric } from '../rubrics/builtin.ts';
import { loadPersonData } from '../queries/person-data.ts';
import { importReport, loadSketch } from '../queries/inventory-import.ts';
import { printRubric } from '../rubrics/read.ts';
import { seenBy } from './reader.ts';

type Make = (app: App, org: string, args: unknown) => Promise<string>;

const defineDocument =
  <A>(args: z.ZodType<A>, make: (app: App, org: string, args: A) => Promise<string>): Make =>
  (app, org, raw) =>
    make(app, org, args.parse(raw));

/** A version of a rubric as YAML. The first one comes with Coxswain until an organisation has one of its own. */
const rubric = defineDocument(
  z.object({ key: z.string(), version: z.number() }),
  async (app, org, { key, version }) => {
    const row = (await rubricVersions(app.store.read, org, key)).find((v) => v.version === version);
    const found = row?.rubric ?? (version === 1 ? builtinRubric(key) : undefined);
    if (found === undefined) throw notFound(`There is no rubric ${versionedKey(key, version)}.`);
    return printRubric(found);
  },
);

/** Everything that is stored about a person. */
const personData = defineDocument(z.object({ person: z.string() }), async (app, org, { person }) => {
  const data = await loadPersonData(app.store.read, org, person, app.clock.now());
  return `${JSON.stringify(data, null, 2)}\n`;
});

/** Seats as CSV or JSON. Whoever fetches it sees what the one may see who asked for it. */
const seats = defineDocument(
  z.object({
    format: z.enum(['csv', 'json']),
    person: z.string(),
    seat: z.string().optional(),
    filter: z.record(z.string(), z.unknown()).optional(),
  }),
  (app, org, args) =>
    // Guarantee of the cast: the address is signed, and its filter was one when it was made.
    exportSeats(app.store.read, org, args as unknown as ExportArgs),
);

/** What became of each row of an import, or would. */
const importRows = defineDocument(
  z.object({ import: z.string() }),
  async (app, org, { import: id }) => (await importReport(app.store.read, org, id)).text,
);

/** A mapping guessed from the titles of a file. */
const importSketch = defineDocument(z.object({ import: z.string() }), (app, org, { import: id }) =>
  loadSketch(app.store.read, org, id),
);

const DOCUMENTS: Readonly<Record<string, Make>> = {
  'import-report': importRows,
  'import-sketch': importSketch,
  'person-data': personData,
  rubric,
  seats,
};

/** A text for downloading, made from present data. Throws CoxswainError when there is none. */
export async function makeDocument(
  app: App,
  org: string,
  {
    name,
    args,
    reader,
  }: { readonly name: string; readonly args: unknown; readonly reader?: string | undefined },
): Promise<string> {
  const make = DOCUMENTS[name];
  if (make === undefined) throw notFound(`There is no document ${name}.`);
  return make(await seenBy(app, org, reader), org, args);
}
