import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  type ChartNode,
  type ChartSeat,
  chainOf,
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
