import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { eq } from 'drizzle-orm';
import { describe, expect, test } from 'vitest';
import { auditVerify } from '../../src/cli/audit.ts';
import { loadConfig } from '../../src/config.ts';
import { ENGINES, type Engine, testDatabase } from '../support/databases.ts';
import { TEST_KEY, type TestCoxswain, berlin, startCoxswain } from '../support/coxswain.ts';
import { foundClaims, type } from '../stories/crew.ts';
import { ATTACKS, entriesOf } from '../suites/audit-attacks.ts';

const CLI = fileURLToPath(new URL('../../src/cli.ts', import.meta.url));
const run = promisify(execFile);

/** `coxswain audit verify` in a process of its own. */
async function verifyOutside(databaseUrl: string): Promise<{ code: number; says: string }> {
  const env = { PATH: process.env['PATH'], DATABASE_URL: databaseUrl, COXSWAIN_ENCRYPTION_KEY: TEST_KEY };
  try {
    const { stdout } = await run(process.execPath, [CLI, 'audit', 'verify'], { env });
    return { code: 0, says: stdout };
  } catch (error) {
    const { code, stdout } = error as { code: number; stdout: string };
    return { code, says: stdout };
  }
}

/** The same without a process of its own, which takes a second to start. */
async function verify(databaseUrl: string): Promise<{ code: number; says: string }> {
  const says: string[] = [];
  const config = loadConfig({ DATABASE_URL: databaseUrl, COXSWAIN_ENCRYPTION_KEY: TEST_KEY });
  const code = await auditVerify(config, undefined, (line) => says.push(`${line}\n`));
  return { code, says: says.join('') };
}

/** Who has the database can drop these too. */
const GUARDS: Record<Engine, readonly string[]> = {
  sqlite: ['DROP TRIGGER audit_entries_no_update', 'DROP TRIGGER audit_entries_no_delete'],
  postgres: ['DROP TRIGGER audit_entries_no_change ON audit_entries'],
};

/** The suites try every attack on every entry; these are the kinds, as an auditor would find them. */
const KINDS = [
  'altered facts',
  'deleted',
  'exchanged with its neighbour',
  'pushed down by a made-up one in its place',
  'followed by a made-up one at the end',
  'cut off with all that follow, and the head moved back',
];

/** Keeps the log as it is now, and gives it back. */
async function keepLog(c: TestCoxswain): Promise<() => Promise<void>> {
  const entries = await entriesOf(c.app.store.read, c.org);
  const { auditHeads } = c.app.store.read.t;
  const heads = await c.app.store.read.select().from(auditHeads).where(eq(auditHeads.org, c.org));
  return () =>
    c.app.store.write(async (tx) => {
      const { auditEntries } = tx.t;
      await tx.delete(auditEntries).where(eq(auditEntries.org, c.org)).returning({ seq: auditEntries.seq });
      await tx
        .delete(tx.t.auditHeads)
        .where(eq(tx.t.auditHeads.org, c.org))
        .returning({ org: tx.t.auditHeads.org });
      // Guarantee of the cast: these are rows of this very table.
      await tx.insert(auditEntries).values(entries as (typeof auditEntries.$inferInsert)[]);
      await tx.insert(tx.t.auditHeads).values(heads);
    });
}

describe.each(ENGINES)('the audit log on the command line, %s', (engine) => {
  test('whole; and after each kind of attack the first bad entry is named', { timeout: 60_000 }, async () => {
    const database = await testDatabase(engine);
    const c = await startCoxswain(engine, { databaseUrl: database.url });
    await foundClaims(c);
    await c.until(berlin('11-13 10:00'));
    await type(c, 'cem', 'log claims acceptance 74');
    const whole = {
      code: 0,
      says: expect.stringMatching(
        /^Harbour Insurance: whole, \d+ entries, head [0-9a-f]{64}, as in \d+ exported heads\n$/,
      ),
    };
    expect(await verifyOutside(database.url)).toEqual(whole);
    for (const guard of GUARDS[engine]) await database.sql(guard);
    const restore = await keepLog(c);
    const { length } = await entriesOf(c.app.store.read, c.org);
    const seq = Math.floor(length / 2);
    for (const name of KINDS) {
      const attack = ATTACKS.find((a) => a.name === name)!;
      await c.app.store.write((tx) => attack.run(tx, c.org, seq, length));
      const broken = {
        code: 1,
        says: expect.stringContaining(`BROKEN at entry ${attack.found(seq, length)}: `),
      };
      expect({ name, ...(await verify(database.url)) }).toEqual({ name, ...broken });
      if (name === KINDS[0]) expect(await verifyOutside(database.url)).toEqual(broken);
      await restore();
    }
    expect(await verify(database.url)).toEqual(whole);
  });
});
