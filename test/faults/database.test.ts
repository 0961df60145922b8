import { fork } from 'node:child_process';
import { once } from 'node:events';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { fileURLToPath } from 'node:url';
import Database from 'better-sqlite3';
import { expect, onTestFinished, test, vi } from 'vitest';
import { SECOND } from '../../src/clock.ts';
import { verifyAudit } from '../../src/queries/audit.ts';
import { fileOf } from '../support/databases.ts';
import { dump } from '../support/dump.ts';
import { berlin, startCoxswain } from '../support/coxswain.ts';
import { foundClaims, posts, type } from '../stories/crew.ts';

const HOLDER = fileURLToPath(new URL('lock-holder.ts', import.meta.url));

test(
  'the database is locked by another process for ten seconds: Slack gets its answer in three, the change follows',
  { timeout: 60_000 },
  async () => {
    const c = await startCoxswain('sqlite');
    await foundClaims(c);
    const holder = fork(HOLDER, [fileOf(c.databaseUrl)], { execArgv: [] });
    onTestFinished(() => void holder.kill('SIGKILL'));
    await once(holder, 'message');
    const delay = monitorEventLoopDelay({ resolution: 10 });
    delay.enable();
    const place = c.slack.as('eli').in('#claims-ai');
    const started = Date.now();
    // A command that changes something is acknowledged in time and answered when it is done.
    const changing = place.slash('issue new claims "Cites a repealed rule"');
    await vi.waitFor(() => expect(c.slack.sent.some((s) => s.body.includes('repealed'))).toBe(true));
    // What is only read is not held up by it.
    const reading = await c.slack.as('bo').in('#claims-ai').slash('help');
    expect(reading.text).toContain('What Coxswain can do');
    expect(Date.now() - started).toBeLessThan(3 * SECOND);
    await c.app.wall.sleep(10 * SECOND - (Date.now() - started));
    expect(posts(c, '#claims-ai')).toEqual([]);
    holder.send('let go');
    const seen = await changing;
    // Slack heard of nothing but an acknowledgement within its three seconds.
    expect(seen.failure).toBeUndefined();
    await vi.waitFor(
      () =>
        expect(posts(c, '#claims-ai').map((m) => m.text.split('\n')[0])).toEqual([
          'CLAIMS-1 · Cites a repealed rule',
        ]),
      { timeout: 10_000 },
    );
    delay.disable();
    expect(delay.max / 1e6).toBeLessThan(SECOND);
  },
);

test('a full disk: a sentence, nothing half-written, and it goes on when there is room', async () => {
  const pragmas = vi.spyOn(Database.prototype, 'pragma');
  const c = await startCoxswain('sqlite');
  // The connection that writes is the only one that gets pragmas.
  const writer = pragmas.mock.contexts[0] as Database.Database;
  await foundClaims(c);
  await c.until(berlin('11-13 10:00'));
  const pages = writer.pragma('page_count', { simple: true }) as number;
  writer.pragma(`max_page_count = ${pages}`);
  const words = 'x'.repeat(2500);
  let answer = '';
  let before = {};
  for (let i = 0; i < 60 && !answer.includes('disk is full'); i++) {
    before = await dump(c.app.store.read, c.org);
    answer = (await type(c, 'eli', `issue new claims "Trouble ${i}" severity=4 detail="${words}"`)).text;
  }
  expect(answer).toContain('its disk is full');
  expect(answer).toContain('Nothing was changed');
  expect(await dump(c.app.store.read, c.org)).toEqual(before);
  writer.pragma('max_page_count = 1000000');
  expect((await type(c, 'eli', 'issue new claims "After"')).text).toContain('After');
  expect(writer.pragma('integrity_check', { simple: true })).toBe('ok');
  expect(await verifyAudit(c.app.store, c.app.keys, c.org)).toMatchObject({ ok: true });
});
