import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { expect, test, vi } from 'vitest';
import { PG_MIGRATIONS, migratePg } from '../../db/open.pg.ts';
import { wantMessages } from '../../db/messages.ts';
import { channelByRef } from '../../db/orgs.ts';
import { verifyAudit } from '../../src/queries/audit.ts';
import { type TestCoxswain, berlin, startCoxswain } from '../support/coxswain.ts';
import { testFolder } from '../support/databases.ts';
import { foundClaims, posts, type } from '../stories/crew.ts';
import { startCopy } from './copies.ts';

/** The migrations of a version that comes after this one: a column, a table and an index more. */
function nextVersion(): string {
  const folder = join(testFolder(), 'pg');
  cpSync(PG_MIGRATIONS, folder, { recursive: true });
  const path = join(folder, 'meta/_journal.json');
  const journal = JSON.parse(readFileSync(path, 'utf8')) as {
    entries: { idx: number; when: number; tag: string }[];
  };
  const last = journal.entries.at(-1)!;
  journal.entries.push({ ...last, idx: last.idx + 1, when: last.when + 1, tag: '9999_next' });
  writeFileSync(path, JSON.stringify(journal));
  const statements = [
    `ALTER TABLE "messages" ADD COLUMN "colour" text;`,
    `ALTER TABLE "seats" ADD COLUMN "mood" text DEFAULT 'calm' NOT NULL;`,
    `CREATE TABLE "moods" ("org" text NOT NULL, "id" text NOT NULL, PRIMARY KEY ("org", "id"));`,
    `CREATE INDEX "seats_by_mood" ON "seats" ("org", "mood");`,
  ];
  writeFileSync(join(folder, '9999_next.sql'), statements.join('\n--> statement-breakpoint\n'));
  return folder;
}

/** Something that only the copies can bring on display: this process draws nothing unless it is told to. */
async function wantDigest(c: TestCoxswain, at: number): Promise<void> {
  const channel = await channelByRef(
    c.app.store.read,
    c.org,
    'slack',
    c.slack.state.setup.team.id,
    'C0CLAIMS',
  );
  const wanted = {
    key: `digest:${channel!.id}:${at}`,
    to: { kind: 'channel' as const, id: channel!.id },
    view: 'digest',
    args: { channel: channel!.id, at, late: true },
    subject: `digest:${channel!.id}`,
  };
  await c.app.store.write((tx) =>
    wantMessages(tx, c.org, c.clock.now(), c.app.wall.now(), [wanted], undefined),
  );
}

test(
  'copies of this version work on while the next version migrates the database under them',
  { timeout: 300_000 },
  async () => {
    const c = await startCoxswain('postgres');
    await foundClaims(c);
    const before = posts(c, '#claims-ai').length;
    const copies = [startCopy(c), startCopy(c)];
    await Promise.all(copies.map((copy) => copy.working));
    const shown = (more: number) =>
      vi.waitFor(() => expect(posts(c, '#claims-ai')).toHaveLength(before + more), {
        timeout: 90_000,
        interval: 100,
      });
    await wantDigest(c, berlin('11-02 09:00'));
    await shown(1);

    const pool = new pg.Pool({ connectionString: c.databaseUrl });
    await migratePg(pool, nextVersion());
    // Statements that the copies and this process prepared before are still right.
    await wantDigest(c, berlin('11-09 09:00'));
    await shown(2);
    const added = await type(
      c,
      'ana',
      'seat add triage "Ticket triage" "Sorts support tickets within ten minutes"',
    );
    expect(added.text).toContain('Ticket triage');
    // Another copy of this version that starts now finds a database that is newer than it is.
    await Promise.all(copies.map((copy) => copy.kill()));
    const late = startCopy(c);
    await late.working;
    await wantDigest(c, berlin('10-26 09:00'));
    await shown(3);
    const { rows } = await pool.query('select mood from seats order by key');
    expect(rows).toEqual([{ mood: 'calm' }, { mood: 'calm' }]);
    await pool.end();
    await late.kill();
    expect(await verifyAudit(c.app.store, c.app.keys, c.org)).toMatchObject({ ok: true });
  },
);
