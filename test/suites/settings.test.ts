import { eq } from 'drizzle-orm';
import { describe, expect, test } from 'vitest';
import { scheduleDigest } from '../../src/actions/digest/index.ts';
import { changeSettings, forgetOld } from '../../src/actions/org/index.ts';
import { DAY } from '../../src/clock.ts';
import { KEPT, TERMS } from '../../src/domain/retention.ts';
import { verifyAudit } from '../../src/queries/audit.ts';
import { loadSettings } from '../../src/queries/org-settings.ts';
import { ENGINES } from '../support/databases.ts';
import { type Busy, busyOrg } from '../support/two-orgs.ts';

const shown = ({ app, org }: Busy) => loadSettings(app.app.store.read, org);

describe.each(ENGINES)('settings on %s', (engine) => {
  test('are changed by governors, and the log says from what to what', { timeout: 60_000 }, async () => {
    const b = await busyOrg(engine);
    const { app, org } = b;
    await expect(app.act('eli', changeSettings, { name: 'Mine' })).rejects.toThrow('A governor');
    const set = {
      name: 'Harbour Group',
      zone: 'asia/tokyo',
      digest: 'fri 16:00',
      heads: b.channel,
      drafts: '10',
    };
    await app.act('ana', changeSettings, set);
    expect(await shown(b)).toMatchObject({
      name: 'Harbour Group',
      zone: 'Asia/Tokyo',
      digest: { day: 'fri', time: '16:00' },
      heads: 'claims',
      retention: { drafts: 10, deliveries: TERMS.deliveries.days },
    });
    const { auditEntries } = app.app.store.read.t;
    const entries = await app.app.store.read
      .select()
      .from(auditEntries)
      .where(eq(auditEntries.action, 'org.settings'));
    expect(entries[0]?.facts).toMatchObject({
      before: { zone: 'Europe/Berlin', retention: null },
      after: { zone: 'Asia/Tokyo', retention: { drafts: 10 } },
    });
    expect(JSON.stringify(entries[0]?.facts)).not.toContain('Harbour');
    await app.act('ana', changeSettings, { heads: '' });
    expect((await shown(b)).heads).toBeUndefined();
    const quay = await app.channel('quay');
    const { rule } = await app.act('ana', scheduleDigest, { channel: quay, zone: 'UTC' });
    expect(rule).toMatchObject({ day: 'fri', time: '16:00' });
    expect(await verifyAudit(app.app.store, app.keys, org)).toMatchObject({ ok: true });
  });

  test('that make no sense are refused with what to type', async () => {
    const { app } = await busyOrg(engine);
    const refused = (input: object) => expect(app.act('ana', changeSettings, input)).rejects;
    await refused({}).toThrow('Nothing would change');
    await refused({ zone: 'Atlantis' }).toThrow('Atlantis');
    await refused({ digest: 'someday' }).toThrow('weekday');
    await refused({ deliveries: '1' }).toThrow('At least 7 days');
    await refused({ messages: 'many' }).toThrow('How many days?');
    await refused({ drafts: 99_999 }).toThrow('At most');
    await refused({ heads: 'nowhere' }).toThrow('invited');
  });

  test(
    'what was kept for long enough is forgotten in batches, and nothing else',
    { timeout: 60_000 },
    async () => {
      const b = await busyOrg(engine);
      const { app, org } = b;
      const { store } = app.app;
      const rows = async () => {
        const counts: Record<string, number> = {};
        for (const kept of KEPT) counts[kept] = (await store.read.select().from(store.read.t[kept])).length;
        return counts;
      };
      const kept = async () => JSON.stringify(await store.read.select().from(store.read.t.readings));
      const forget = async (night: number) => {
        await app.act('coxswain', forgetOld, { night, batch: 0 });
        return app.follow();
      };
      await app.follow();
      const before = { rows: await rows(), readings: await kept() };
      await forget(1);
      expect(await rows()).toMatchObject({
        messages: before.rows['messages'],
        drafts: before.rows['drafts'],
      });
      // Everything is done, and very old.
      await store.write(async (tx) => {
        await tx.update(tx.t.messages).set({ tryAt: null, state: 'live' }).returning();
        await tx.update(tx.t.issues).set({ state: 'closed', closedAt: 1 }).returning();
        await tx.update(tx.t.alerts).set({ state: 'resolved' }).returning();
      });
      app.clock.moveTo(Math.max(app.clock.now(), Date.now()) + 400 * DAY);
      expect(await forget(2)).toContain('org.forget');
      expect(await rows()).toMatchObject({ deliveries: 0, drafts: 0, alerts: 0, slots: 0 });
      // What was wanted on the way is new, and stays.
      const messages = await store.read.select().from(store.read.t.messages);
      expect(messages.filter((m) => m.createdAt < app.clock.now() - 365 * DAY)).toEqual([]);
      expect(await kept()).toBe(before.readings);
      expect(await verifyAudit(store, app.keys, org)).toMatchObject({ ok: true });
    },
  );
});
