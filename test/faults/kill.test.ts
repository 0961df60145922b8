import { and, eq, isNotNull } from 'drizzle-orm';
import { expect, test, vi } from 'vitest';
import { postDigestNow } from '../../src/actions/digest/index.ts';
import { newIssue } from '../../src/actions/issue/index.ts';
import { perform } from '../../src/actions/perform.ts';
import { MINUTE, SECOND } from '../../src/clock.ts';
import { verifyAudit } from '../../src/queries/audit.ts';
import { type TestCoxswain, berlin, startCoxswain } from '../support/coxswain.ts';
import { foundClaims, type } from '../stories/crew.ts';
import { startCopy } from './copies.ts';

const KILLS = Number(process.env['COXSWAIN_KILLS'] ?? 15);
/** A fixed row of numbers from 0 to 1, so that a run that fails can be run again. */
function* shares(seed: number): Generator<number, never> {
  for (let x = seed; ;) {
    x = (x * 48_271) % 2_147_483_647;
    yield x / 2_147_483_647;
  }
}

async function work(c: TestCoxswain): Promise<void> {
  c.clock.moveTo(c.clock.now() + 6 * MINUTE);
  const people = await c.app.store.read.select().from(c.app.store.read.t.people);
  const channels = await c.app.store.read.select().from(c.app.store.read.t.channels);
  const as = (handle: string) => {
    const person = people.find((p) => p.email === `${handle}@example.com`)!.id;
    return { ...c.app, kick: () => undefined, org: c.org, actor: { kind: 'person', person } as const };
  };
  await perform(as('eli'), newIssue, { seat: 'claims', title: `Trouble at ${c.clock.now()}`, severity: 1 });
  for (const { id, platform } of channels.filter((ch) => ch.kind === 'channel')) {
    if (platform === 'slack') await perform(as('ana'), postDigestNow, { channel: id });
  }
}

const pending = (c: TestCoxswain) => {
  const { messages } = c.app.store.read.t;
  return c.app.store.read
    .select()
    .from(messages)
    .where(and(eq(messages.org, c.org), eq(messages.state, 'live'), isNotNull(messages.tryAt)));
};

/** Every message of the bot in the workspace, by the attempt that posted it. */
const visible = (c: TestCoxswain) =>
  [...c.slack.state.messages.values()].flat().flatMap((m) => {
    const id = (m.metadata as { event_payload?: { id?: string } } | undefined)?.event_payload?.id;
    return id === undefined ? [] : [{ delivery: id, text: JSON.stringify(m.blocks) }];
  });

test(
  `kill -9 ${KILLS} times in the middle of sending: none lost, twice only where it says so`,
  { timeout: 60_000 + KILLS * 8000 },
  async () => {
    const c = await startCoxswain('sqlite');
    await foundClaims(c);
    await type(c, 'ana', 'digest preview', '#ai-governance');
    c.clock.moveTo(berlin('11-13 10:00'));
    const random = shares(20_261_113);
    let ahead = 0;
    for (let round = 0; round < KILLS; round++) {
      await work(c);
      const before = c.slack.calls('chat.postMessage').length;
      // In every third round the answer of a call never comes: taken or not, the process dies without knowing.
      const fault = [undefined, { kind: 'hang_after_accept' }, { kind: 'hang' }] as const;
      const chosen = fault[round % fault.length];
      if (chosen !== undefined) c.slack.faults.next('chat.postMessage', 1, chosen);
      const copy = startCopy(c, { ahead });
      await vi.waitFor(() => expect(c.slack.calls('chat.postMessage').length).toBeGreaterThan(before), {
        timeout: 10_000,
        interval: 2,
      });
      await c.app.wall.sleep(random.next().value * 60);
      await copy.kill();
      c.slack.faults.clear();
      // Leases of the dead run out within a minute, and that is when the next one goes on.
      ahead += MINUTE + SECOND;
    }
    const last = startCopy(c, { ahead });
    await vi.waitFor(async () => expect(await pending(c)).toEqual([]), { timeout: 30_000, interval: 50 });
    await last.kill();

    const { messages, deliveries } = c.app.store.read.t;
    const rows = await c.app.store.read.select().from(messages).where(eq(messages.org, c.org));
    const attempts = await c.app.store.read.select().from(deliveries).where(eq(deliveries.org, c.org));
    const messageOf = new Map(attempts.map((d) => [d.id, d.message]));
    const copies = Map.groupBy(visible(c), (v) => messageOf.get(v.delivery));
    const count = { shown: 0, held: 0, repeated: 0 };
    for (const row of rows) {
      const seen = copies.get(row.id) ?? [];
      const ambiguous = attempts.filter(
        (d) => d.message === row.id && d.kind === 'post' && d.outcome !== 'shown',
      ).length;
      switch (row.state) {
        case 'live':
          expect(seen.length, `${row.view} is there`).toBeGreaterThanOrEqual(1);
          expect(row.shown).toBe(row.wanted);
          count.shown += 1;
          break;
        case 'held':
          // Nobody can tell, so it is not sent again: the doctor shows it.
          expect(seen.length).toBeLessThanOrEqual(1);
          expect(ambiguous).toBeGreaterThan(0);
          count.held += 1;
          break;
        case 'withdrawn':
          // The thread of a digest that had nothing more to say.
          expect([row.view, seen]).toEqual(['digest-details', []]);
          break;
        default:
          throw new Error(`${row.view} is ${row.state}: ${row.reason}`);
      }
      if (seen.length > 1) {
        expect(row.mayRepeat).toBe(true);
        expect(seen.slice(1).every((v) => v.text.includes('May repeat'))).toBe(true);
        count.repeated += 1;
      }
    }
    expect(copies.get(undefined)).toBeUndefined();
    expect(count.shown).toBeGreaterThan(2 * KILLS);
    expect(await verifyAudit(c.app.store, c.app.keys, c.org)).toMatchObject({ ok: true });
    const { escalations } = c.app.store.read.t;
    const running = await c.app.store.read.select().from(escalations).where(eq(escalations.state, 'running'));
    expect(running.every((e) => e.nextAt !== null)).toBe(true);
  },
);
