import { existsSync } from 'node:fs';
import { type OpenOptions, openStore } from '../../db/open.ts';
import { PATIENT } from '../../db/limits.ts';
import type { Store } from '../../db/store.ts';
import { systemClock, wall } from '../clock.ts';
import type { Config } from '../config.ts';
import type { App } from '../context.ts';
import { invalid, notFound, unavailable } from '../errors.ts';
import { type Keys, deriveKeys } from '../keys.ts';
import { createLog } from '../log.ts';
import { noTelemetry } from '../telemetry/telemetry.ts';

export type Print = (line: string) => void;

/**
 * How a command comes to a database. `look`: it changes nothing, also of an older schema. `beside`: it writes, beside a
 * running Coxswain, to a database of this version's schema and to no other. `migrate`: it brings it to that schema first.
 */
export type Mode = 'look' | 'beside' | 'migrate';

const OPTIONS = {
  look: { readOnly: true },
  beside: { asItIs: true },
  migrate: {},
} satisfies Record<Mode, Partial<OpenOptions>>;

/** The path behind `file:…`; undefined for PostgreSQL. */
export const databaseFile = (url: string): string | undefined =>
  url.startsWith('file:') ? url.slice('file:'.length) : undefined;

/** Told before a missing key: in the wrong folder there is no `.env` either. */
export function needDatabase(url: string): void {
  const file = databaseFile(url);
  if (file !== undefined && !existsSync(file))
    throw notFound(
      `There is no file ${file}, where DATABASE_URL says that the database is. Check the path, and the folder you are in.`,
    );
}

/** With any other key than the one it was sealed with, a log that is whole would look broken. */
export function needKeys({ encryptionKey, oldKeys }: Config, example: string): Keys {
  if (encryptionKey !== undefined) return deriveKeys(encryptionKey(), oldKeys());
  throw invalid(
    'Set COXSWAIN_ENCRYPTION_KEY to the key with which this log was sealed: without it nothing can be verified.',
    { hint: `COXSWAIN_ENCRYPTION_KEY=… ${example}` },
  );
}

/** Opens a database for a command, and closes it again. Only `migrate` makes one that is not there. */
export async function withStore<T>(
  url: string,
  mode: Mode,
  work: (store: Store) => Promise<T>,
  more: Pick<OpenOptions, 'passing'> & { readonly log?: OpenOptions['log'] } = {},
): Promise<T> {
  if (mode !== 'migrate') needDatabase(url);
  const store = await openStore(url, {
    wall,
    log: createLog('warn'),
    limits: PATIENT,
    ...OPTIONS[mode],
    ...more,
  });
  try {
    return await work(store);
  } finally {
    await store.close();
  }
}

/** What a process offers to actions and queries, without platforms: nothing is sent, and nothing is kicked. */
export const offline = (store: Store, keys: Keys): App => ({
  store,
  keys,
  clock: systemClock,
  wall,
  log: createLog('warn'),
  telemetry: noTelemetry,
  kick: () => undefined,
});

/** A database of another version's schema cannot be read with this one's. */
export async function needSchema(store: Store): Promise<void> {
  const { applied, known } = await store.inspect(false);
  if (applied === known) return;
  throw unavailable(
    applied < known
      ? 'The database has the schema of an older version. Use the coxswain of that version, or bring it up first.'
      : 'The database has the schema of a newer version. Use the coxswain of that version.',
    { hint: 'coxswain migrate' },
  );
}

/** Like `withStore`, for what needs queries and actions: a database of another schema is refused, unless it is migrated. */
export const withApp = <T>(
  config: Config,
  keys: Keys,
  mode: Mode,
  work: (app: App) => Promise<T>,
): Promise<T> =>
  withStore(config.databaseUrl(), mode, async (store) => {
    if (mode === 'look') await needSchema(store);
    return work(offline(store, keys));
  });
