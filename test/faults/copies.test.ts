import { and, eq } from 'drizzle-orm';
import { expect, test, vi } from 'vitest';
import { wantMessages } from '../../db/messages.ts';
import { DAY, MINUTE, SECOND } from '../../src/clock.ts';
import { newId } from '../../src/ids.ts';
import { verifyAudit } from '../../src/queries/audit.ts';
import { type TestCoxswain, berlin, startCoxswain } from '../support/coxswain.ts';
import { startCopy } from './copies.ts';

const SLOTS = 1000;
const MONDAY_NINE = berlin('11-16 09:00');

/** As many channels as slots, each with a digest that is due on Monday at nine. */
async function fillWorkspace(c: TestCoxswain): Promise<void> {
  const numbers = Array.from({ length: SLOTS }, (_, i) => i);
  const members = new Set(c.slack.state.people.keys());
  const rows = numbers.map((i) => {
    const ref = `C1${String(i).padStart(5, '0')}`;
    c.slack.state.channels.set(ref, {
      id: ref,
      name: `channel-${i}`,
      kind: 'channel',
      members,
      bot: true,
      topic: '',
    });
    return { id: newId(), ref };
  });
  const tenant = c.slack.state.setup.team.id;
  await c.app.store.write(async (tx) => {
    const { channels, digests } = tx.t;
    for (const { id, ref } of rows) {
      await tx.insert(channels).values({
        org: c.org,
        id,
        platform: 'slack',
        tenant,
        ref,
        name: ref,
        kind: 'channel',
        conversation: { ref },
        active: true,
        person: null,
      });
      await tx.insert(digests).values({
        org: c.org,
        id: newId(),
        channel: id,
        rule: { kind: 'weekly', day: 'mon', time: '09:00' },
        zone: 'Europe/Berlin',
        active: true,
        nextAt: MONDAY_NINE,
      });
    }
  });
}

async function counts(c: TestCoxswain) {
  const { slots, messages } = c.app.store.read.t;
  const claimed = await c.app.store.read
    .select()
    .from(slots)
    .where(and(eq(slots.org, c.org), eq(slots.job, 'digest')));
  const rows = await c.app.store.read
    .select({ state: messages.state, shown: messages.shown, wanted: messages.wanted })
    .from(messages)
    .where(eq(messages.view, 'digest'));
  return { claimed, rows, settled: rows.filter((m) => m.shown === m.wanted || m.state === 'held').length };
}

/** Further messages of the same channels, as if earlier weeks had never come out: `each` in every channel. */
async function wantMore(c: TestCoxswain, each: number): Promise<void> {
  const { channels } = c.app.store.read.t;
  const rows = await c.app.store.read.select({ id: channels.id, ref: channels.ref }).from(channels);
  const ids = rows.flatMap(({ id, ref }) => (ref.startsWith('C1') ? [id] : []));
  for (let week = 1; week <= each; week += 1) {
    const at = MONDAY_NINE - week * 7 * DAY;
    const wanted = ids.map((channel) => ({
      key: `digest:${channel}:${at}`,
      to: { kind: 'channel' as const, id: channel },
      view: 'digest',
      args: { channel, at, late: true },
      subject: `digest:${channel}`,
    }));
    await c.app.store.write((tx) =>
      wantMessages(tx, c.org, c.clock.now(), c.app.wall.now(), wanted, undefined),
    );
  }
}

const MORE = 9;
const MESSAGES = SLOTS * (1 + MORE);
const KILLS = 4;

test(
  'three copies on one PostgreSQL, one killed now and then: a thousand slots and ten thousand messages',
  { timeout: 900_000 },
  async () => {
    const c = await startCoxswain('postgres');
    await fillWorkspace(c);
    await wantMore(c, MORE);
    c.clock.moveTo(MONDAY_NINE);
    const copies = [startCopy(c), startCopy(c), startCopy(c)];
    const visible = () =>
      [...c.slack.state.messages].filter(([ref]) => ref.startsWith('C1')).map(([, all]) => all.length);
    const posts = () => visible().reduce((sum, n) => sum + n, 0);
    const soon = { timeout: 300_000, interval: 50 };
    for (let kill = 1; kill <= KILLS; kill += 1) {
      const wanted = (kill * MESSAGES) / (KILLS + 1);
      await vi.waitFor(() => expect(posts()).toBeGreaterThan(wanted), soon);
      await copies.shift()!.kill();
      // What the dead one had in its hands is free after a minute of transport time.
      copies.push(startCopy(c, { ahead: kill * (MINUTE + SECOND) }));
    }
    await vi.waitFor(async () => expect((await counts(c)).settled).toBe(MESSAGES), {
      timeout: 300_000,
      interval: 500,
    });
    await Promise.all(copies.map((copy) => copy.kill()));

    const { claimed, rows } = await counts(c);
    expect(claimed).toHaveLength(SLOTS);
    expect(new Set(claimed.map((s) => s.target)).size).toBe(SLOTS);
    expect(claimed.every((s) => s.nominal === MONDAY_NINE && s.outcome === 'on time')).toBe(true);
    expect(rows).toHaveLength(MESSAGES);
    const held = rows.filter((m) => m.state === 'held').length;
    expect(Math.max(...visible())).toBe(1 + MORE);
    const seen = posts();
    // A message that is held may stand there, or not: that is what its flag says.
    expect(seen).toBeGreaterThanOrEqual(MESSAGES - held);
    expect(seen).toBeLessThanOrEqual(MESSAGES);
    // Only what was in a dead one's hands may be uncertain.
    expect(held).toBeLessThanOrEqual(20 * KILLS);
    expect(await verifyAudit(c.app.store, c.app.keys, c.org)).toMatchObject({ ok: true });
  },
);
