import { eq } from 'drizzle-orm';
import { describe, expect, test } from 'vitest';
import { issueById } from '../../db/issues.ts';
import { PERSON_COLUMNS } from '../../db/person-columns.ts';
import { rowsOf, tableNames } from '../../db/portable.ts';
import { setBaseline } from '../../src/actions/drift/index.ts';
import { newIssue, noteIssue, solveIssue } from '../../src/actions/issue/index.ts';
import { addMetric, pauseMetric, setTarget } from '../../src/actions/metric/index.ts';
import { erasePerson, grantRole } from '../../src/actions/org/index.ts';
import { setPolicy } from '../../src/actions/policy/index.ts';
import { trackPriority } from '../../src/actions/priority/index.ts';
import { logReadings } from '../../src/actions/reading/index.ts';
import { addRule, endRule } from '../../src/actions/rule/index.ts';
import { giveScore } from '../../src/actions/score/index.ts';
import { moveSeat } from '../../src/actions/seat/index.ts';
import { createToken, revokeToken } from '../../src/actions/token/index.ts';
import { verifyAudit } from '../../src/queries/audit.ts';
import { loadPersonData } from '../../src/queries/person-data.ts';
import { ENGINES } from '../support/databases.ts';
import { type Busy, WEEK, busyOrg } from '../support/two-orgs.ts';

/** In everything that Bo writes. */
const SAID = 'zxq-said';
/** Bo’s name for a token. */
const TOKEN = 'laptop-of-bo';

/** Bo does a bit of everything. */
async function boWrites({ app }: Busy): Promise<void> {
  await app.act('ana', grantRole, { person: app.people.bo, role: 'governor' });
  const said = (what: string) => `${what} ${SAID}`;
  const metric = { seat: 'claims', metric: 'acceptance' };
  const opened = await app.act('bo', newIssue, {
    seat: 'claims',
    title: said('A leak'),
    detail: said('It drips'),
    link: `https://example.com/${SAID}`,
    severity: 3,
  });
  await app.act('bo', noteIssue, { issue: 'CLAIMS-1', text: said('Seen again') });
  await app.act('bo', logReadings, {
    readings: [{ ...metric, value: 72, note: said('Late'), correct: true }],
  });
  await app.act('bo', setTarget, { ...metric, target: 91, because: said('Higher') });
  await app.act('bo', setBaseline, { ...metric, from: WEEK, because: said('Anew') });
  const pausing = { seat: 'claims', key: 'paused', name: 'Paused', category: 'quality', unit: '%' };
  await app.act('bo', addMetric, { ...pausing, direction: 'higher', target: 9, tolerance: 1 });
  await app.act('bo', pauseMetric, { seat: 'claims', metric: 'paused', because: said('Nobody counts') });
  const rule = await app.act('ana', addRule, { text: 'Ask first', why: 'It was asked late' });
  await app.act('bo', endRule, { rule: rule.ref, because: said('Nobody did') });
  await app.act('bo', createToken, { name: TOKEN });
  await app.act('bo', revokeToken, { name: TOKEN });
  await app.act('bo', trackPriority, { priority: 'CLAIMS-P1', on: false, note: said('The vendor') });
  await app.act('bo', moveSeat, { seat: 'claims', stage: 'proposed', because: said('Not yet') });
  const steps = 'accountable · wait 2h\nthen governance channel · once';
  await app.act('bo', setPolicy, { severity: 4, steps, reason: said('Calmer') });
  const marks = { data: 'green', governance: 'yellow', integration: 'green', change: 'green' };
  await app.act('bo', giveScore, {
    seat: 'claims',
    ...marks,
    marks,
    note: said('Nearly'),
    evidence: `https://e.example/${SAID}`,
  });
  await app.act('bo', solveIssue, {
    issue: opened.ref,
    cause: said('A hole'),
    fix: said('A patch'),
    lesson: said('Look first'),
  });
  await app.follow();
}

/** Every row of every table, one line each. */
const lines = ({ app }: Busy): Promise<string[]> =>
  app.app.store.snapshot(async (db) => {
    const all: string[] = [];
    for (const name of tableNames(db))
      for await (const row of rowsOf(db, name)) all.push(`${name} ${JSON.stringify(row)}`);
    return all;
  });

const holding = (all: readonly string[], word: string) =>
  all.filter((line) => line.toLowerCase().includes(word.toLowerCase()));

describe.each(ENGINES)('erasing a person on %s', (engine) => {
  test(
    'leaves no trace of who they were or what they wrote, and the chain whole',
    { timeout: 60_000 },
    async () => {
      const b = await busyOrg(engine);
      const { app } = b;
      await boWrites(b);
      const installed = { app: 'A1', bot: 'U1', scopes: [], url: null, enterprise: null, whole: false };
      await app.app.store.write((tx) =>
        tx
          .update(tx.t.installations)
          .set({ details: { ...installed, by: 'bo' } })
          .returning({ tenant: tx.t.installations.tenant }),
      );
      const before = await lines(b);
      const told = { name: 'Bo Lindqvist', address: 'bo@example.com' };
      expect(holding(before, SAID).length).toBeGreaterThan(15);
      for (const word of Object.values(told)) expect(holding(before, word)).not.toEqual([]);
      const scores = await app.app.store.read.select().from(app.app.store.read.t.scores);
      const entries = await verifyAudit(app.app.store, app.keys, app.org);

      const { texts, vacated } = await app.act('ana', erasePerson, { person: app.people.bo });
      expect(texts).toBeGreaterThan(8);
      expect(vacated).toBeGreaterThan(0);
      const after = await lines(b);
      for (const word of [SAID, ...Object.values(told)])
        expect([word, holding(after, word)]).toEqual([word, []]);
      const [installation] = await app.app.store.read.select().from(app.app.store.read.t.installations);
      expect(installation?.details).toEqual({ ...installed, by: '' });
      // A token is still called so, as other things are; the log does not say who called it that.
      expect(holding(after, TOKEN).map((line) => line.split(' ')[0])).toEqual(['tokens']);
      // What they did stands, and what others wrote.
      expect(holding(after, 'Bigger than eggs')).not.toEqual([]);
      const still = await app.app.store.read.select().from(app.app.store.read.t.scores);
      const marksOf = (some: typeof still) => some.map(({ id, marks, percent }) => ({ id, marks, percent }));
      expect(marksOf(still)).toEqual(marksOf(scores));
      const verdict = await verifyAudit(app.app.store, app.keys, app.org);
      expect(verdict).toMatchObject({ ok: true, erased: expect.any(Number) });
      expect(verdict.ok && entries.ok && verdict.erased - entries.erased).toBe(texts);
      const [person] = await app.app.store.read
        .select()
        .from(app.app.store.read.t.people)
        .where(eq(app.app.store.read.t.people.id, app.people.bo));
      expect(person).toMatchObject({ name: 'Erased person', email: null, active: false, role: 'member' });
      await expect(app.act('ana', erasePerson, { person: app.people.bo })).rejects.toThrow('erased already');
    },
  );

  test('leaves words alone in which a name only happens to stand', async () => {
    const { app } = await busyOrg(engine);
    const hai = await app.meet('Hai');
    const title = 'Hail seen by Hai (and Haiti)';
    const { id } = await app.act('eli', newIssue, { seat: 'claims', title, severity: 4 });
    await app.act('ana', erasePerson, { person: hai });
    expect(await issueById(app.app.store.read, app.org, id)).toMatchObject({
      title: 'Hail seen by an erased person (and Haiti)',
    });
  });

  test('finds names of two letters, and those that no space ends', async () => {
    const { app } = await busyOrg(engine);
    const raise = async (by: 'eli', title: string) =>
      (await app.act(by, newIssue, { seat: 'claims', title, severity: 4 }, `kept-${title}`)).id;
    const cases = [
      ['Al', 'Alert: Al and AL9 (by Al)', 'Alert: an erased person and AL9 (by an erased person)'],
      ['王伟', '经理王伟看到了错误', '经理an erased person看到了错误'],
      ['Ňu', 'Ňut for Ňu', 'Ňut for an erased person'],
    ] as const;
    for (const [name, title, left] of cases) {
      const person = await app.meet(name);
      const id = await raise('eli', title);
      await app.act('ana', erasePerson, { person });
      expect(await issueById(app.app.store.read, app.org, id)).toMatchObject({ title: left });
    }
    // What is kept for repeated requests goes with a name only where that is what stands there.
    const { read } = app.app.store;
    const { results } = read.t;
    const keys = async () => (await read.select({ key: results.key }).from(results)).map(({ key }) => key);
    const keep = (key: string, said: string) =>
      app.app.store.write((tx) =>
        tx
          .insert(tx.t.results)
          .values({ org: app.org, key, action: 'x', inputHash: '', result: { said }, at: 1 })
          .returning(),
      );
    const person = await app.meet('Bu');
    await keep('apart', 'Bus and Abu');
    await keep('named', 'Seen by\nBu');
    await app.act('ana', erasePerson, { person });
    expect(await keys()).toContain('apart');
    expect(await keys()).not.toContain('named');
  });

  test('is for admins, and not for the last of them', async () => {
    const b = await busyOrg(engine);
    const erase = (by: 'ana' | 'bo', who: 'ana' | 'bo') =>
      b.app.act(by, erasePerson, { person: b.app.people[who] });
    await expect(erase('bo', 'ana')).rejects.toThrow('An admin (Ana Flores) may');
    await expect(erase('ana', 'ana')).rejects.toThrow('only admin');
    await b.app.act('ana', grantRole, { person: b.app.people.bo, role: 'admin' });
    await erase('bo', 'ana');
    await expect(erase('bo', 'bo')).rejects.toThrow('only admin');
  });

  test('lets nothing else of a score be changed', async () => {
    const b = await busyOrg(engine);
    const { store } = b.app.app;
    const { scores } = store.read.t;
    const [score] = await store.read.select().from(scores);
    const set = (change: Partial<typeof score>) =>
      store.write((tx) =>
        tx.update(tx.t.scores).set(change!).where(eq(tx.t.scores.id, score!.id)).returning(),
      );
    await expect(set({ note: null })).rejects.toThrow();
    await store.write((tx) => tx.update(tx.t.people).set({ erasedAt: 1 }).returning());
    await expect(set({ percent: 100, note: null, evidence: null })).rejects.toThrow();
    await expect(set({ note: 'forged' })).rejects.toThrow();
    expect(await set({ note: null, evidence: null })).toHaveLength(1);
  });

  test('what is stored is exported whole, without secrets', async () => {
    const b = await busyOrg(engine);
    await boWrites(b);
    const { app } = b;
    const data = await loadPersonData(app.app.store.read, app.org, app.people.bo, app.clock.now());
    const text = JSON.stringify(data);
    for (const word of ['bo@example.com', 'A leak', 'A hole', 'Nearly', 'Not yet', 'The vendor'])
      expect(text).toContain(word);
    expect(Object.keys(data.stored)).toEqual(
      expect.arrayContaining(['people', 'identities', 'owners', 'issues', 'comments', 'readings', 'scores']),
    );
    expect(data.audit.some((entry) => entry.action === 'issue.solve')).toBe(true);
    expect(text).not.toContain('"hash"');
    expect(text).not.toContain('Bigger than eggs');
  });

  test('every column that names a person is known', async () => {
    const b = await busyOrg(engine);
    await boWrites(b);
    const ids = new Set<unknown>(Object.values(b.app.people));
    const found = new Set<string>();
    await b.app.app.store.snapshot(async (db) => {
      for (const name of tableNames(db)) {
        for await (const row of rowsOf(db, name))
          for (const [column, value] of Object.entries(row))
            if (ids.has(value)) found.add(`${name}.${column}`);
      }
    });
    const known = new Set(
      Object.entries(PERSON_COLUMNS).flatMap(([table, columns]) =>
        columns.map((column) => `${table}.${column}`),
      ),
    );
    expect([...found].filter((place) => !known.has(place))).toEqual([]);
    expect(found.size).toBeGreaterThan(20);
  });
});
