import { mkdtempSync, rmSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Coxswain, assemble } from '../../src/coxswain.ts';
import { ensureOrg } from '../../src/tenants/home.ts';
import { createLog } from '../../src/log.ts';
import type { AdapterDeps, Platform } from '../../src/platforms/platform.ts';
import { PEOPLE } from '../names.ts';
import { ZONE } from './company.ts';

export interface Subject {
  readonly coxswain: Coxswain;
  readonly org: string;
  readonly tenant: string;
  readonly port: number;
  /** Of this process alone; removed when it ends. */
  readonly folder: string;
}

interface SubjectOptions {
  /** Requests a minute of one API token. */
  readonly apiRate?: number;
  /** False: what is due runs only when it is drained. */
  readonly ticking?: boolean;
}

/** Coxswain as it runs in production, on a database file of its own. */
export async function startSubject(
  make: (deps: AdapterDeps) => Platform,
  { ticking = true, ...options }: SubjectOptions = {},
): Promise<Subject> {
  const folder = mkdtempSync(join(tmpdir(), 'coxswain-bench-'));
  process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
  process.on('SIGTERM', () => process.exit(0));
  const box: { url?: string } = {};
  const coxswain = await assemble({
    databaseUrl: `file:${join(folder, 'coxswain.db')}`,
    masterKey: new Uint8Array(32).fill(7),
    log: createLog('error'),
    publicUrl: () => box.url,
    admins: [PEOPLE[0].email],
    ...options,
  });
  const { org } = await ensureOrg(coxswain.app, 'Bench', ZONE);
  const platform = make(coxswain.deps);
  coxswain.add(platform);
  await new Promise<void>((resolve) => void coxswain.server.listen(0, '127.0.0.1', resolve));
  const { port } = coxswain.server.address() as AddressInfo;
  box.url = `http://127.0.0.1:${port}`;
  const [tenant] = await coxswain.connect(org.id, platform);
  if (tenant === undefined) throw new Error('the platform names no tenant');
  if (ticking) await coxswain.engine.start();
  return { coxswain, org: org.id, tenant: tenant.id, port, folder };
}

/** Resident memory in bytes after a full collection; needs `--expose-gc`. */
export function residentBytes(): number {
  globalThis.gc?.();
  globalThis.gc?.();
  return process.memoryUsage().rss;
}
