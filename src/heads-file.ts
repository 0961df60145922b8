import { appendFile, mkdir, readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { HeadsFile } from './context.ts';

const isMissing = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === 'ENOENT';

/** The file of exported heads, one line of JSON for each. */
export const headsFile = (path: string): HeadsFile => ({
  path,
  async append(line) {
    await mkdir(dirname(path), { recursive: true });
    await appendFile(path, `${line}\n`, { flush: true });
  },
  read: () =>
    readFile(path, 'utf8').catch((error: unknown) => {
      if (isMissing(error)) return '';
      throw error;
    }),
});
