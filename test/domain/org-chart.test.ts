import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  type ChartNode,
  type ChartSeat,
  chainOf,
  chartRows,
  orgTrees,
  wouldGoRound,
} from '../../src/domain/org-chart.ts';

const seat = (id: string, parent: string | null = null): ChartSeat => ({ id, key: id, parent });
const flat = <S>(nodes: readonly ChartNode<S>[]): S[] =>
  nodes.flatMap((node) => [node.seat, ...flat(node.below)]);
const keys = (nodes: readonly ChartNode<ChartSeat>[]) => nodes.map((node) => node.seat.key);

test('seats stand below those they report to, by key; who reports to nobody that is there stands on top', () => {
  const trees = orgTrees([seat('c', 'a'), seat('b', 'a'), seat('a'), seat('lost', 'gone'), seat('d', 'c')]);
  expect(keys(trees)).toEqual(['a', 'lost']);
  expect(keys(trees[0]!.below)).toEqual(['b', 'c']);
  expect(trees[0]!.under).toBe(3);
});

test('a circle stands once, from its first key', () => {
  const trees = orgTrees([seat('b', 'a'), seat('a', 'b'), seat('c', 'c')]);
  expect(keys(trees)).toEqual(['a', 'c']);
  expect(keys(trees[0]!.below)).toEqual(['b']);
});

test('whatever the parents, every seat stands in exactly one place', () => {
  const id = fc.integer({ min: 0, max: 30 }).map(String);
  const some = fc.uniqueArray(fc.tuple(id, fc.option(id, { nil: null })), { selector: ([one]) => one });
  fc.assert(
    fc.property(some, (pairs) => {
      const seats = pairs.map(([one, parent]) => seat(one, parent));
      const placed = flat(orgTrees(seats)).map((s) => s.id);
      expect(placed.toSorted()).toEqual(seats.map((s) => s.id).toSorted());
      const total = orgTrees(seats).reduce((n, node) => n + 1 + node.under, 0);
      expect(total).toBe(seats.length);
    }),
  );
});

test('a chain of ten thousand needs no stack of ten thousand', () => {
  const seats = Array.from({ length: 10_000 }, (_, i) => seat(`s${i}`, i === 0 ? null : `s${i - 1}`));
  expect(orgTrees(seats)[0]!.under).toBe(9999);
});

test('nobody reports to themselves, at any distance', () => {
  const parents = new Map([
    ['a', null],
    ['b', 'a'],
    ['c', 'b'],
  ]);
  expect(wouldGoRound(parents, 'a', 'c')).toBe(true);
  expect(wouldGoRound(parents, 'a', 'a')).toBe(true);
  expect(wouldGoRound(parents, 'c', 'a')).toBe(false);
  expect(
    chainOf(
      new Map([
        ['x', 'y'],
        ['y', 'x'],
      ]),
      'x',
    ),
  ).toEqual(['x', 'y']);
});

test('of a large tree the lowest are left out, and counted where they would stand', () => {
  const seats = [
    seat('top'),
    ...['a', 'b', 'c'].flatMap((k) => [seat(k, 'top'), ...[1, 2, 3].map((i) => seat(`${k}${i}`, k))]),
    seat('alone'),
  ];
  const { rows, left } = chartRows(orgTrees(seats).toReversed(), 6);
  expect(rows.map(({ seat: { key }, depth, hidden }) => [key, depth, hidden])).toEqual([
    ['top', 0, 0],
    ['a', 1, 2],
    ['a1', 2, 0],
    ['b', 1, 3],
    ['c', 1, 3],
    ['alone', 0, 0],
  ]);
  expect(left).toBe(0);
});

test('every seat has a line, is hidden below one, or is left', () => {
  const parent = fc.option(fc.nat(40).map(String), { nil: null });
  fc.assert(
    fc.property(fc.array(parent, { maxLength: 40 }), fc.integer({ min: 1, max: 20 }), (parents, most) => {
      const { rows, left } = chartRows(orgTrees(parents.map((p, i) => seat(String(i), p))), most);
      expect(rows.length).toBe(Math.min(most, parents.length));
      expect(rows.reduce((n, row) => n + 1 + row.hidden, left)).toBe(parents.length);
    }),
  );
});
