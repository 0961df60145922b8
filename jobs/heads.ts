import { exportOf, exportsToFile, markFiled } from '../db/audit-exports.ts';
import { printHead } from '../src/domain/audit-head.ts';
import type { Job } from './job.ts';

/** Adds exported heads to the file, oldest first. After a crash a line may stand there twice, which says the same. */
export const headsJob: Job = {
  name: 'heads',
  async due(db, _now, limit) {
    const rows = await exportsToFile(db, limit);
    return rows.map(({ org, seq }) => ({ org, key: `${org}:${seq}`, args: { seq } }));
  },
  next: () => Promise.resolve(undefined),
  async run(app, { org, args }) {
    const seq = Number(args['seq']);
    const found = await exportOf(app.store.read, org, seq);
    if (found === undefined || found.filedAt !== null) return;
    const at = new Date(found.at).toISOString();
    await app.heads?.append(JSON.stringify({ org, seq, at, head: printHead(found) }));
    await app.store.write((tx) => markFiled(tx, org, seq, app.heads === undefined ? 0 : app.clock.now()));
  },
};
