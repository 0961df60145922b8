import fc from 'fast-check';
import { expect, test } from 'vitest';
import { SUGGESTED, suggest } from '../../src/domain/suggest.ts';

const choice = (value: string, label = value) => ({ value, label });
const SEATS = [
  choice('claims', 'claims · Claims triage'),
  choice('claims-motor', 'claims-motor · Motor claims'),
  choice('elan', 'elan · Élan for fleets'),
  choice('motor', 'motor · Motor quotes'),
];
const found = (typed: string) => suggest(SEATS, typed).map(({ value }) => value);

test('the very one comes first, then those that begin so, then those that hold every word', () => {
  expect(found('motor')).toEqual(['motor', 'claims-motor']);
  expect(found('claims')).toEqual(['claims', 'claims-motor']);
  expect(found('claims m')).toEqual(['claims-motor', 'claims']);
  expect(found('fleets  ELAN')).toEqual(['elan']);
  expect(found('nothing such')).toEqual([]);
  expect(found('  ')).toEqual(['claims', 'claims-motor', 'elan', 'motor']);
});

const choices = fc.uniqueArray(
  fc.string({ minLength: 1, maxLength: 8 }).map((value) => choice(value)),
  {
    maxLength: 120,
    selector: ({ value }) => value,
  },
);

test('whatever is typed, only what exists is offered, once, and what exists is found by its value', () => {
  fc.assert(
    fc.property(choices, fc.string({ maxLength: 10 }), (all, typed) => {
      const some = suggest(all, typed);
      expect(some.length).toBeLessThanOrEqual(SUGGESTED);
      expect(new Set(some).size).toBe(some.length);
      for (const one of some) expect(all).toContain(one);
    }),
  );
  fc.assert(
    fc.property(choices, (all) => {
      for (const one of all.slice(0, SUGGESTED))
        expect(suggest(all.slice(0, SUGGESTED), one.value)).toContain(one);
    }),
  );
});
