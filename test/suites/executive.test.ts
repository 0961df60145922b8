import { describe, expect, test } from 'vitest';
import { executivesDue } from '../../db/executive.ts';
import { postExecutive, scheduleExecutive, stopExecutive } from '../../src/actions/digest/index.ts';
import { newIssue } from '../../src/actions/issue/index.ts';
import { addMetric } from '../../src/actions/metric/index.ts';
import { logReadings } from '../../src/actions/reading/index.ts';
import { giveScore } from '../../src/actions/score/index.ts';
import { addSeat, moveSeat } from '../../src/actions/seat/index.ts';
import { executiveCard } from '../../src/cards/executive.ts';
import { DAY, HOUR } from '../../src/clock.ts';
import { loadDigest } from '../../src/queries/digest.ts';
import { loadExecutive } from '../../src/queries/executive.ts';
import { plain } from '../../src/ui/text.ts';
import { counting } from '../support/counting.ts';
import { MONDAY, type TestApp, testApp } from '../support/app.ts';
import { ENGINES } from '../support/databases.ts';
import { ACCEPTANCE, addAcceptance, addStandingClaims } from '../support/ship.ts';

const WEEK = 7 * DAY;
const MARKS = { data: 'green', governance: 'yellow', integration: 'red', change: 'green' };

async function addSeats(app: TestApp, channel: string, from: number, to: number): Promise<void> {
  for (let i = from; i < to; i += 1) {
    const key = `seat-${i}`;
    await app.act('bo', addSeat, { key, name: `Seat ${i}`, accountability: 'x', stage: 'pilot', channel });
    await app.act('bo', addMetric, { ...ACCEPTANCE, seat: key });
    await app.act('bo', logReadings, { readings: [{ seat: key, metric: 'acceptance', value: 95 - i }] });
    if (i % 3 === 0) await app.act('dana', giveScore, { seat: key, marks: MARKS });
  }
}

describe.each(ENGINES)('the executive digest on %s', (engine) => {
  test('counts, the worst with why, and the funnel', async () => {
    const app = await testApp(engine);
    await addStandingClaims(app, { stage: 'production' });
    await addAcceptance(app);
    await app.act('bo', addSeat, { key: 'fraud', name: 'Fraud', accountability: 'x', stage: 'pilot' });
    await app.act('bo', addMetric, { ...ACCEPTANCE, seat: 'fraud' });
    await app.act('bo', logReadings, { readings: [{ seat: 'claims', metric: 'acceptance', value: 60 }] });
    await app.act('eli', newIssue, { seat: 'fraud', title: 'Leak', severity: 1 });
    app.clock.moveTo(MONDAY + WEEK + HOUR);
    const view = await loadExecutive(app.app.store.read, app.org, app.clock.now());
    expect(view).toMatchObject({
      seats: 2,
      counts: { red: 1, missing: 1, green: 0, yellow: 0 },
      issues: { 1: 1 },
      overdue: 1,
      more: 0,
    });
    // A critical issue weighs more than a red number.
    expect(view.worst.map((one) => one.seat.key)).toEqual(['fraud', 'claims']);
    const said = executiveCard(view, false)
      .body.flatMap((e) =>
        e.kind === 'list' ? e.items.map(plain) : e.kind === 'note' ? [plain(e.text)] : [],
      )
      .join('\n');
    expect(said).toContain(
      'Fraud (fraud, pilot): open issues: 1 critical; 1 of them overdue; 1 missing (Acceptance rate)',
    );
    expect(said).toContain('Claims triage (claims, production): 1 red (Acceptance rate)');
    expect(said).toContain('10 to 20 percent');
  });

  test('the middle readiness, the five least ready, and how many were never scored', async () => {
    const app = await testApp(engine);
    const all = async () => {
      const { readiness } = await loadExecutive(app.app.store.read, app.org, app.clock.now());
      return readiness;
    };
    const seats = ['ab', 'cd', 'ef', 'gh', 'ij', 'kl', 'mn', 'op'];
    for (const key of seats)
      await app.act('bo', addSeat, { key, name: key.toUpperCase(), accountability: 'x', stage: 'pilot' });
    expect(await all()).toEqual({ scored: 0, neverScored: 8, median: undefined, lowest: [] });
    const colours = ['red', 'yellow', 'green'];
    for (const [at, key] of seats.slice(0, 7).entries()) {
      const of = (nth: number) => colours[Math.max(0, Math.min(2, at - nth * 2))]!;
      const marks = { data: of(0), governance: of(1), integration: of(2), change: of(2) };
      await app.act('dana', giveScore, { seat: key, marks });
    }
    const now = await all();
    expect(now).toMatchObject({ scored: 7, neverScored: 1, median: 37 });
    expect(now.lowest.map(({ seat, percent, letters }) => [seat.key, percent, letters])).toEqual([
      ['ab', 0, 'R R R R'],
      ['cd', 12, 'Y R R R'],
      ['ef', 25, 'G R R R'],
      ['gh', 37, 'G Y R R'],
      ['ij', 50, 'G G R R'],
    ]);
    const view = await loadExecutive(app.app.store.read, app.org, app.clock.now());
    const said = executiveCard(view, false).body.flatMap((e) =>
      e.kind === 'list' ? e.items.map(plain) : e.kind === 'paragraph' ? [plain(e.text)] : [],
    );
    expect(said).toContain('Readiness: median 37 % of 7 scored seats. 1 never scored.');
    expect(said).toContain('AB (ab): R R R R · 0 %');
    // The worst is scored again by the same reviewer, and retired seats do not count.
    app.advance(HOUR);
    const green = { data: 'green', governance: 'green', integration: 'green', change: 'green' };
    await app.act('dana', giveScore, { seat: 'ab', marks: green });
    await app.act('ana', moveSeat, { seat: 'op', stage: 'retired', because: 'Not needed.' });
    const later = await all();
    expect(later).toMatchObject({ neverScored: 0, lowest: [{ seat: { key: 'cd' } }, {}, {}, {}, {}] });
  });

  test('comes weekly to who wants it, once a slot, and can be ended', async () => {
    const app = await testApp(engine);
    const to = { toKind: 'person', toId: app.people.ana };
    const when = { when: 'mon 09:00', zone: 'Europe/Berlin' };
    await expect(app.act('bo', scheduleExecutive, { ...to, ...when })).rejects.toMatchObject({
      code: 'forbidden',
    });
    await app.act('ana', scheduleExecutive, { ...to, ...when });
    app.clock.moveTo(MONDAY + WEEK);
    const [due] = await executivesDue(app.app.store.read, app.clock.now(), 10);
    const input = { executive: due!.id, nominal: due!.nextAt };
    const posted = await Promise.all([1, 2].map(() => app.act('coxswain', postExecutive, input)));
    expect(posted.filter((p) => p.posted)).toHaveLength(1);
    const { read } = app.app.store;
    expect((await read.select().from(read.t.messages)).filter((m) => m.view === 'executive')).toMatchObject([
      { toKind: 'person', toId: app.people.ana, args: { at: MONDAY + WEEK, late: false } },
    ]);
    await app.act('ana', stopExecutive, to);
    expect(await executivesDue(read, MONDAY + 5 * WEEK, 10)).toEqual([]);
    await expect(app.act('ana', stopExecutive, to)).rejects.toMatchObject({ code: 'not_found' });
  });

  test(
    'neither it nor a channel’s digest asks more often when there are more seats',
    { timeout: 60_000 },
    async () => {
      const app = await testApp(engine);
      const channel = await app.channel('claims');
      const { store } = app.app;
      const asked = async (load: (db: typeof store.read) => Promise<unknown>) => {
        const { db, count } = counting(store.read);
        await load(db);
        return count();
      };
      const both = async () => [
        await asked((db) => loadDigest(db, app.org, channel, app.clock.now())),
        await asked((db) => loadExecutive(db, app.org, app.clock.now())),
      ];
      await addSeats(app, channel, 0, 18);
      // Statements are built the first time they are asked.
      await both();
      const few = await both();
      await addSeats(app, channel, 18, 60);
      expect(await both()).toEqual(few);
      expect(Math.max(...few)).toBeLessThan(40);
    },
  );
});
