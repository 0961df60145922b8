import { and, eq } from 'drizzle-orm';
import { expect, test, vi } from 'vitest';
import { MINUTE, SECOND } from '../../src/clock.ts';
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
  const rows = await c.app.store.read.select().from(messages).where(eq(messages.view, 'digest'));
  return { claimed, rows, settled: rows.filter((m) => m.shown === m.wanted || m.state === 'held') };
}

test(
  'three copies on one PostgreSQL, one of them killed: a thousand slots are a thousand digests',
  { timeout: 120_000 },
  async () => {
    const c = await startCoxswain('postgres');
    await fillWorkspace(c);
    c.clock.moveTo(MONDAY_NINE);
    const copies = [startCopy(c), startCopy(c), startCopy(c)];
    const posts = () => c.slack.calls('chat.postMessage').length;
    await vi.waitFor(() => expect(posts()).toBeGreaterThan(100), { timeout: 40_000, interval: 5 });
    await copies[0]!.kill();
    // What the dead one had in its hands is free after a minute of transport time.
    const late = startCopy(c, { ahead: MINUTE + SECOND });
    await vi.waitFor(async () => expect((await counts(c)).settled).toHaveLength(SLOTS), {
      timeout: 70_000,
      interval: 200,
    });
    await Promise.all([copies[1]!.kill(), copies[2]!.kill(), late.kill()]);

    const { claimed, rows } = await counts(c);
    expect(claimed).toHaveLength(SLOTS);
    expect(new Set(claimed.map((s) => s.target)).size).toBe(SLOTS);
    expect(claimed.every((s) => s.nominal === MONDAY_NINE && s.outcome === 'on time')).toBe(true);
    expect(rows).toHaveLength(SLOTS);
    const held = rows.filter((m) => m.state === 'held').length;
    const visible = [...c.slack.state.messages]
      .filter(([ref]) => ref.startsWith('C1'))
      .map(([, all]) => all.length);
    expect(Math.max(...visible)).toBe(1);
    expect(visible.length).toBeGreaterThanOrEqual(SLOTS - held);
    // Only what was in the dead one's hands may be uncertain.
    expect(held).toBeLessThanOrEqual(20);
    expect(await verifyAudit(c.app.store, c.app.keys, c.org)).toMatchObject({ ok: true });
  },
);
