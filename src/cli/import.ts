import { createReadStream, createWriteStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { once } from 'node:events';
import { readHead } from '../../db/audit.ts';
import { type Org, allOrgs } from '../../db/orgs.ts';
import { peopleCalled } from '../../db/people.ts';
import type { Db } from '../../db/store.ts';
import { importFile, lookAtFile } from '../actions/inventory/index.ts';
import type { Progress } from '../actions/inventory/index.ts';
import { needDatabase, withApp } from './offline.ts';
import type { Config } from '../config.ts';
import type { Actor, App, Ctx } from '../context.ts';
import { whereSeatsReport } from '../queries/inventory-import.ts';
import { REPORT_HEAD, countsSaid, fileLines, reportLine } from '../domain/import/report.ts';
import { sketchMapping } from '../domain/import/sketch.ts';
import { codeOf, invalid, notFound } from '../errors.ts';
import { nearest } from '../grammar/nearest.ts';
import { type FileSource, type InventoryFile, openInventory, titlesIn } from '../imports/file.ts';
import { type Keys, deriveKeys } from '../keys.ts';
import { createLog } from '../log.ts';

const EXAMPLE = 'coxswain import inventory.csv --map inventory.yml';
const VALUES = ['--map', '--org', '--as', '--report'] as const;
const FLAGS = ['--dry-run', '--overwrite', '--sketch'] as const;

interface Options {
  readonly file: string;
  readonly values: Readonly<Partial<Record<(typeof VALUES)[number], string>>>;
  readonly flags: ReadonlySet<(typeof FLAGS)[number]>;
}

/** Everything was taken; some rows could not be; stopped by whoever started it. */
const [WHOLE, WITH_FAULTS, STOPPED] = [0, 2, 130];
/** So many faults are shown; the report has all of them. */
const SHOWN_FAULTS = 10;

export interface Terminal {
  readonly print: (text: string) => void;
  /** Shows how far it is, in place of what was shown before; does nothing where that cannot be. */
  readonly progress: (text: string) => void;
}

/** `coxswain import`: reads a file, says what it would do, and does it. Returns the exit code. */
export async function importCommand(
  words: readonly string[],
  configured: () => Config,
  terminal: Terminal,
): Promise<number> {
  const { file, values, flags } = optionsOf(words);
  const source = sourceOf(file);
  if (flags.has('--sketch')) {
    terminal.print(sketchMapping(basename(file), await reading(file, titlesIn(source))).trimEnd());
    return WHOLE;
  }
  if (values['--map'] === undefined)
    throw invalid('Give a mapping: which columns of the file are what. --sketch writes one to begin with.', {
      hint: `coxswain import ${file} --sketch > ${basename(file).replace(/\.[a-z]+$/i, '')}.yml`,
    });
  const mapping = await reading(values['--map'], readFile(values['--map'], 'utf8'));
  const inventory = await reading(file, openInventory(source, mapping));
  const dry = flags.has('--dry-run');
  const config = configured();
  return withApp(config, keysFor(config, dry), 'beside', async (offline) => {
    const app = { ...offline, log: createLog(config.logLevel) };
    const org = await orgNamed(app.store.read, values['--org']);
    const ctx = await contextFor(app, org, values['--as'], dry);
    const noted = {
      ...inventory,
      notes: [...inventory.notes, await whereSeatsReport(app.store.read, org.id)],
    };
    for (const note of noted.notes) terminal.print(note);
    const overwrite = flags.has('--overwrite');
    const steps = dry ? lookAtFile(ctx, noted, overwrite) : importFile(ctx, noted, overwrite);
    return follow(steps, { dry, org, report: values['--report'], terminal, file: noted });
  });
}

interface Following {
  readonly dry: boolean;
  readonly org: Org;
  readonly report: string | undefined;
  readonly terminal: Terminal;
  readonly file: InventoryFile;
}

async function follow(
  steps: AsyncGenerator<Progress>,
  { dry, org, report, terminal, file }: Following,
): Promise<number> {
  const { total } = file;
  const out = report === undefined ? undefined : await reportTo(report);
  await out?.write(fileLines(file.name, file.notes));
  const faults: string[] = [];
  let [stopped, at] = [false, 0];
  let last: Progress | undefined;
  const stop = () => (stopped = true);
  process.once('SIGINT', stop);
  try {
    for await (const step of steps) {
      last = step;
      at = step.done;
      terminal.progress(`${number(at)} of ${number(total)} rows`);
      for (const one of step.outcomes) {
        if (one.outcome === 'skip' && !one.meant) faults.push(`Row ${one.row}: ${one.why}`);
        await out?.write(reportLine(one));
      }
      if (stopped) break;
    }
  } finally {
    process.off('SIGINT', stop);
    terminal.progress('');
    await out?.end();
  }
  for (const fault of faults.slice(0, SHOWN_FAULTS)) terminal.print(fault);
  if (faults.length > SHOWN_FAULTS) terminal.print(`And ${number(faults.length - SHOWN_FAULTS)} more.`);
  if (last !== undefined) for (const line of countsSaid(last.counts, at, !dry)) terminal.print(line);
  if (report !== undefined) terminal.print(`The report is in ${report}.`);
  if (stopped && at < total) {
    terminal.print(
      dry
        ? 'Stopped. Nothing was changed.'
        : `Stopped after ${number(at)} rows. The same command goes on from there.`,
    );
    return STOPPED;
  }
  terminal.print(
    dry ? `Nothing was changed in ${org.name}: this was a dry run.` : doneSaid(org, last?.counts.fault ?? 0),
  );
  return (last?.counts.fault ?? 0) > 0 ? WITH_FAULTS : WHOLE;
}

function doneSaid(org: Org, faults: number): string {
  if (faults === 0) return `${org.name} has this inventory now. The same command again changes nothing.`;
  const rows = faults === 1 ? '1 row was' : `${number(faults)} rows were`;
  return `${rows} not taken: mend the mapping or the file, and import it again. ${org.name} has the others.`;
}

const number = (count: number): string => count.toLocaleString('en');

function optionsOf(words: readonly string[]): Options {
  const values: Record<string, string> = {};
  const flags = new Set<(typeof FLAGS)[number]>();
  const files: string[] = [];
  for (let i = 0; i < words.length; i += 1) {
    const word = words[i]!;
    const flag = FLAGS.find((one) => one === word);
    if (flag !== undefined) flags.add(flag);
    else if (VALUES.some((one) => one === word)) {
      const value = words[(i += 1)];
      if (value === undefined || value.startsWith('--'))
        throw invalid(`${word} needs a value.`, {
          hint: `${EXAMPLE}${word === '--map' ? '' : ` ${word} …`}`,
        });
      values[word] = value;
    } else if (word.startsWith('--')) {
      const near = nearest(word, [...VALUES, ...FLAGS]);
      const help = near === undefined ? '' : ` Did you mean “${near}”?`;
      throw invalid(`“coxswain import” does not know “${word.slice(0, 40)}”.${help}`, { hint: EXAMPLE });
    } else files.push(word);
  }
  if (files.length !== 1)
    throw invalid(
      files.length === 0
        ? '“import” needs a file.'
        : 'One file at a time, please. Put a name with spaces into quotes.',
      { hint: EXAMPLE },
    );
  return { file: files[0]!, values, flags };
}

const sourceOf = (file: string): FileSource => ({
  name: basename(file),
  bytes: () => createReadStream(file, { highWaterMark: 64 * 1024 }),
});

/** Faults of a file as sentences that name it. */
async function reading<T>(file: string, work: Promise<T>): Promise<T> {
  return work.catch((error: unknown) => {
    switch (codeOf(error)) {
      case 'ENOENT':
        throw notFound(`There is no file ${file}.`);
      case 'EISDIR':
        throw invalid(`${file} is a folder. Give a file.`);
      case 'EACCES':
      case 'EPERM':
        throw invalid(`${file} may not be read. Give yourself the right to.`);
      default:
        throw error;
    }
  });
}

function keysFor(config: Config, dry: boolean): Keys {
  needDatabase(config.databaseUrl());
  // A dry run seals nothing.
  if (!dry && config.encryptionKey === undefined)
    throw invalid(
      'Set COXSWAIN_ENCRYPTION_KEY to the key of this database: every import is sealed in its audit log.',
      {
        hint: `COXSWAIN_ENCRYPTION_KEY=… ${EXAMPLE}`,
      },
    );
  return deriveKeys(config.encryptionKey?.() ?? new Uint8Array(32), config.oldKeys());
}

/** Without a name, the only one there is. */
async function orgNamed(db: Db, named: string | undefined): Promise<Org> {
  // Of one that joined another only its audit log is left.
  const orgs = (await allOrgs(db)).filter((org) => org.joinedInto === null);
  const names = orgs.map((org) => org.name).join(', ');
  if (orgs.length === 0) throw notFound('There is no organisation in this database yet.');
  if (named === undefined) {
    if (orgs.length === 1) return orgs[0]!;
    throw invalid(`Say which organisation with --org. There are: ${names}.`, {
      hint: `${EXAMPLE} --org "${orgs[0]!.name}"`,
    });
  }
  const found = orgs.filter(
    (org) => org.id === named || org.name.toLowerCase() === named.trim().toLowerCase(),
  );
  if (found.length === 1) return found[0]!;
  throw found.length === 0
    ? notFound(`There is no organisation “${named.slice(0, 60)}”. There are: ${names}.`)
    : invalid(
        `More than one organisation is called “${named.slice(0, 60)}”. Give its id: ${found.map((org) => org.id).join(', ')}.`,
      );
}

async function contextFor(app: App, org: Org, as: string | undefined, dry: boolean): Promise<Ctx> {
  const { store, keys } = app;
  if (!dry && (await readHead(store.read, keys, org.id))?.sealed === false)
    throw invalid(
      'COXSWAIN_ENCRYPTION_KEY is not the key of this database: its audit log was sealed with another one.',
    );
  return { ...app, org: org.id, actor: await actorNamed(store.read, org, as) };
}

async function actorNamed(db: Db, org: Org, as: string | undefined): Promise<Actor> {
  if (as === undefined) return { kind: 'schedule', job: 'import' };
  const [person, other] = await peopleCalled(db, org.id, as.trim());
  if (person === undefined) throw notFound(`Nobody in ${org.name} is called “${as.slice(0, 60)}”.`);
  if (other !== undefined)
    throw invalid(
      `More than one person in ${org.name} is called “${as.slice(0, 60)}”. Give the email address.`,
    );
  return { kind: 'person', person: person.id };
}

/** A file that is written as the rows come. */
async function reportTo(
  path: string,
): Promise<{ write: (line: string) => Promise<void>; end: () => Promise<void> }> {
  const stream = createWriteStream(path);
  const failed = (error: unknown) =>
    invalid(`The report cannot be written to ${path}. Give another place, and try again.`, { cause: error });
  let fault: unknown;
  stream.on('error', (error) => void (fault = error));
  await once(stream, 'open').catch((error: unknown) => {
    throw failed(error);
  });
  const write = async (line: string) => {
    if (fault !== undefined) throw failed(fault);
    if (!stream.write(line)) await once(stream, 'drain');
  };
  await write(REPORT_HEAD);
  return {
    write,
    end: async () => {
      stream.end();
      if (fault === undefined) await once(stream, 'close');
      if (fault !== undefined) throw failed(fault);
    },
  };
}
