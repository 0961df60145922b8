import { openStore } from '../../db/open.ts';
import { wall } from '../../src/clock.ts';
import { silentLog } from '../../src/log.ts';

/** A copy of Coxswain that starts: opens the database of its first argument when told to, says what it found. */
const url = process.argv[2] ?? '';
process.stdout.write('ready\n');
process.stdin.once('data', () => {
  openStore(url, { wall, log: silentLog })
    .then(async (store) => {
      const rows = await store.read.select().from(store.read.t.orgs);
      await store.close();
      process.stdout.write(`open ${rows.length}\n`);
      process.exit(0);
    })
    .catch((error: unknown) => {
      process.stdout.write(`failed ${String(error)}\n`);
      process.exit(1);
    });
});
