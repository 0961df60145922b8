import { setImmediate as nextTurn } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import { type Db, type Store, isUniqueViolation } from '../../db/store.ts';
import { MONDAY } from '../support/app.ts';
import { openStore } from '../../db/open.ts';
import { wall } from '../../src/clock.ts';
import { OPEN, freshUrl, testDatabase } from '../support/databases.ts';

const add = (tx: Db, id: string) =>
  tx.insert(tx.t.orgs).values({ id, name: id, zone: 'Europe/Berlin', createdAt: MONDAY });

const ids = async (db: Db) => (await db.select().from(db.t.orgs)).map(({ id }) => id).toSorted();

const orphan = (tx: Db) =>
  tx
    .insert(tx.t.results)
    .values({ org: 'nobody', key: 'k', action: 'a', inputHash: '', result: null, at: MONDAY });

/** However slow this machine is, nothing takes longer than a commit waits for. */
async function unhurried(): Promise<Store> {
  const store = await openStore(await freshUrl('sqlite'), { ...OPEN, wall: { ...wall, now: () => 0 } });
  onTestFinished(() => store.close());
  return store;
}

/** Adds it, and notes what was there: in this transaction, and committed. */
const look = (store: Store, id: string, seen: string[][], how?: { alone: boolean }) =>
  store.write(async (tx) => {
    await add(tx, id);
    seen.push(await ids(tx), await ids(store.read));
    return id;
  }, how);

test('writes that wait together share one commit, and are told after it', async () => {
  const store = await unhurried();
  const seen: string[][] = [];
  const committed = ['a', 'b', 'c'].map(async (id) => {
    expect(await look(store, id, seen)).toBe(id);
    return ids(store.read);
  });
  const all = ['a', 'b', 'c'];
  expect(await Promise.all(committed)).toEqual([all, all, all]);
  expect(seen).toEqual([['a'], [], ['a', 'b'], [], all, []]);
});

test('one that may take long shares its commit with nobody', async () => {
  const store = await unhurried();
  const seen: string[][] = [];
  await Promise.all([
    look(store, 'a', seen),
    look(store, 'b', seen, { alone: true }),
    look(store, 'c', seen),
    look(store, 'd', seen),
  ]);
  const committed = seen.filter((_, i) => i % 2 === 1);
  expect(committed).toEqual([[], ['a'], ['a', 'b'], ['a', 'b']]);
});

test.each(['first', 'second', 'third'])(
  'of three, the %s one that fails takes nothing along',
  async (which) => {
    const store = await unhurried();
    await store.write((tx) => add(tx, 'taken'));
    const outcomes = await Promise.allSettled(
      ['first', 'second', 'third'].map((id) =>
        store.write(async (tx) => {
          await add(tx, id);
          if (id === which) await add(tx, 'taken');
          return id;
        }),
      ),
    );
    const others = ['first', 'second', 'third'].filter((id) => id !== which);
    expect(outcomes.flatMap((o) => (o.status === 'fulfilled' ? [o.value] : []))).toEqual(others);
    expect(outcomes.flatMap((o) => (o.status === 'rejected' ? [isUniqueViolation(o.reason)] : []))).toEqual([
      true,
    ]);
    expect(await ids(store.read)).toEqual([...others, 'taken'].toSorted());
  },
);

test('what fails because of an earlier one is told when that one is there', async () => {
  const store = await unhurried();
  const first = store.write((tx) => add(tx, 'a'));
  const second = store.write((tx) => add(tx, 'a')).catch(() => ids(store.read));
  await first;
  expect(await second).toEqual(['a']);
});

test('a handle is dead while others of its commit are still being run', async () => {
  const store = await unhurried();
  const escaped: Db[] = [];
  const refused: unknown[] = [];
  await Promise.all([
    store.write(async (tx) => void escaped.push(tx)),
    store.write(async (tx) => {
      await add(tx, 'b');
      try {
        escaped[0]!.insert(escaped[0]!.t.orgs);
      } catch (error) {
        refused.push(error);
      }
    }),
  ]);
  expect(refused).toMatchObject([{ message: expect.stringContaining('after its transaction ended') }]);
});

test('when the commit fails each is run again alone, and only who is to blame fails', async () => {
  const store = await unhurried();
  const runs = { a: 0, b: 0, c: 0 };
  const outcomes = await Promise.allSettled(
    (['a', 'b', 'c'] as const).map((id) =>
      store.write(async (tx) => {
        runs[id] += 1;
        await add(tx, id);
        if (id !== 'b') return;
        // A row without its parent is then found at the commit.
        tx.plain!('PRAGMA defer_foreign_keys = ON')([]);
        await orphan(tx);
      }),
    ),
  );
  expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
  expect(runs).toEqual({ a: 2, b: 2, c: 2 });
  expect(await ids(store.read)).toEqual(['a', 'c']);
  expect(await store.read.select().from(store.read.t.results)).toEqual([]);
});

test('when the transaction ends under them each is run again alone', async () => {
  const store = await unhurried();
  let broken = 0;
  const outcomes = await Promise.allSettled(
    ['a', 'b', 'c'].map((id) =>
      store.write(async (tx) => {
        await add(tx, id);
        if (id !== 'b') return;
        broken += 1;
        // What SQLite does by itself when the disk is full.
        tx.plain!('ROLLBACK')([]);
        throw new Error('full');
      }),
    ),
  );
  expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
  expect(broken).toBe(2);
  expect(await ids(store.read)).toEqual(['a', 'c']);
});

test('many writes, some of which fail, give other requests their turn', async () => {
  const { store } = await testDatabase('sqlite');
  const many = Array.from({ length: 500 }, (_, i) => `${1000 + i}`);
  let turns = 0;
  const outcomes: Promise<PromiseSettledResult<unknown>[]> & { done?: boolean } = Promise.allSettled(
    many.map((id, i) =>
      store.write(async (tx) => {
        await add(tx, id);
        if (i % 7 === 3) throw new Error('changed my mind');
      }),
    ),
  );
  void outcomes.then(() => (outcomes.done = true));
  while (outcomes.done !== true) {
    turns += 1;
    await nextTurn();
  }
  expect(turns).toBeGreaterThan(5);
  expect(await ids(store.read)).toEqual(many.filter((_, i) => i % 7 !== 3));
});
