import { randomBytes } from 'node:crypto';
import { linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { invalid } from './errors.ts';

const FILE = 'encryption.key';
const BYTES = 32;

/**
 * The sandbox's own encryption key: made once and kept beside its database, readable by its owner only.
 * @throws CoxswainError `invalid` when the file holds something else.
 */
export function sandboxKey(dataFolder: string): Uint8Array {
  const path = join(dataFolder, FILE);
  mkdirSync(dataFolder, { recursive: true });
  const fresh = `${path}.${process.pid}`;
  writeFileSync(fresh, `${randomBytes(BYTES).toString('base64')}\n`, { mode: 0o600 });
  try {
    // A link is made at once or not at all: processes that start together agree on the first one's key.
    linkSync(fresh, path);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
  } finally {
    rmSync(fresh);
  }
  const key = Buffer.from(readFileSync(path, 'utf8').trim(), 'base64');
  if (key.length === BYTES) return key;
  throw invalid(`${path} does not hold a key of ${BYTES} bytes in base64.`, {
    hint: 'Put the right file back; or delete it together with the database and start anew.',
  });
}
