import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  type AuditEntry,
  GENESIS,
  type HashedEntry,
  digestText,
  finishWalk,
  hashEntry,
  startWalk,
  walkOn,
} from '../../src/domain/audit-chain.ts';

const entry = (seq: number, prev: string): AuditEntry => ({
  org: 'org',
  seq,
  at: 1_000 + seq,
  action: 'seat.add',
  actor: { kind: 'person', person: 'p' },
  right: 'member',
  subject: `seat:${seq}`,
  facts: { seq, nested: { b: 1, a: [1, 2] } },
  textDigest: null,
  prev,
});

function chain(length: number): HashedEntry[] {
  const entries: HashedEntry[] = [];
  for (let seq = 1; seq <= length; seq++) {
    const next = entry(seq, entries.at(-1)?.hash ?? GENESIS);
    entries.push({ ...next, hash: hashEntry(next) });
  }
  return entries;
}

const headOf = (entries: readonly HashedEntry[]) => ({
  seq: entries.length,
  hash: entries.at(-1)?.hash ?? GENESIS,
});

const judge = (entries: readonly HashedEntry[], head = headOf(entries), sealed = true) =>
  finishWalk(walkOn(startWalk, entries), head, sealed);

test('a chain is whole, also an empty one', () => {
  expect(judge(chain(5))).toMatchObject({ ok: true, entries: 5 });
  expect(judge([])).toEqual({ ok: true, entries: 0, head: GENESIS, erased: 0, heads: 0 });
});

test('a hash never changes, so that what was exported years ago can be checked', () => {
  expect(hashEntry(entry(1, GENESIS))).toBe(hashEntry({ ...entry(1, GENESIS) }));
  expect(hashEntry(entry(1, GENESIS))).toMatchInlineSnapshot(
    `"9d91a7a798317887a4b525171b274148f9739e7a8b842e4e58123fc0c18ba654"`,
  );
});

test('the order in which a database gives back keys makes no difference', () => {
  const one = entry(1, GENESIS);
  const other = {
    ...one,
    facts: { nested: { a: [1, 2], b: 1 }, seq: 1 },
    actor: { person: 'p', kind: 'person' },
  };
  expect(hashEntry(other)).toBe(hashEntry(one));
  expect(hashEntry({ ...one, facts: { ...one.facts, seq: 2 } })).not.toBe(hashEntry(one));
});

test('it makes no difference in which pages a chain is read', () => {
  const entries = chain(12);
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 12 })), (cuts) => {
      const places = [0, ...cuts.toSorted((a, b) => a - b), 12];
      const pages = places.slice(1).map((to, i) => entries.slice(places[i], to));
      const walk = pages.reduce((state, page) => walkOn(state, page), startWalk);
      expect(finishWalk(walk, headOf(entries), true)).toEqual(judge(entries));
    }),
  );
});

test('the first fault stands, whatever follows', () => {
  const entries = chain(6).map((e) => (e.seq === 2 || e.seq === 5 ? { ...e, right: 'forged' } : e));
  const walk = walkOn(walkOn(startWalk, entries.slice(0, 3)), entries.slice(3));
  expect(finishWalk(walk, headOf(entries), false)).toMatchObject({ ok: false, fault: { seq: 2 } });
});

test('the end of a chain is told from its head', () => {
  const entries = chain(4);
  const what = (text: string) => ({ ok: false, fault: { what: expect.stringContaining(text) } });
  expect(judge(entries.slice(0, 2), headOf(entries))).toMatchObject(
    what('the tail was cut: entries 3 to 4 are missing'),
  );
  expect(judge(entries, { seq: 3, hash: entries[2]!.hash })).toMatchObject(what('its head names entry 3'));
  expect(judge(entries, { seq: 4, hash: 'other' })).toMatchObject({ fault: { seq: 4 } });
  expect(judge(entries, headOf(entries), false)).toMatchObject(what('seal'));
  expect(finishWalk(startWalk, undefined, false)).toMatchObject({ ok: false, fault: { seq: 1 } });
});

test('a text is checked while it is there, and its digest does not give it away', () => {
  const text = { note: 'Taught it the form.' };
  const written = { ...entry(1, GENESIS), textDigest: digestText('salt', text) };
  const entries = [{ ...written, hash: hashEntry(written) }];
  const walk = (stored?: { salt: string; text: unknown }) =>
    walkOn(startWalk, entries, () => stored).fault?.seq;
  expect(walk({ salt: 'salt', text })).toBeUndefined();
  expect(walk({ salt: 'salt', text: null })).toBeUndefined();
  expect(walk()).toBeUndefined();
  expect(walk({ salt: 'salt', text: { note: 'Another.' } })).toBe(1);
  expect(walk({ salt: 'other', text })).toBe(1);
  expect(digestText('other', text)).not.toBe(written.textDigest);
});
