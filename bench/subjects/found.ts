import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { frozenClock } from '../../src/clock.ts';
import type { App } from '../../src/context.ts';
import { assemble } from '../../src/coxswain.ts';
import { ensureOrg } from '../../src/tenants/home.ts';
import { createLog } from '../../src/log.ts';
import { ZONE } from './company.ts';

export interface Founded {
  readonly app: App;
  readonly org: string;
  readonly file: string;
}

/** A folder that goes with this process. */
export function passingFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'coxswain-bench-'));
  process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
  process.on('SIGTERM', () => process.exit(0));
  return folder;
}

/** An organisation without anything in it, on SQLite, whose clock stands at `now`. */
export async function foundOrg(file: string, now: number): Promise<Founded> {
  const { app } = await assemble({
    databaseUrl: `file:${file}`,
    masterKey: new Uint8Array(32).fill(7),
    log: createLog('error'),
    publicUrl: () => undefined,
    admins: [],
    clock: frozenClock(now),
  });
  const { org } = await ensureOrg(app, 'Bench', ZONE);
  return { app, org: org.id, file };
}
