import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { DAY, HOUR } from '../../src/clock.ts';
import { instantOf, wallTimeAt } from '../../src/domain/zone.ts';
import { FROM, UNTIL, ZONES, timeline } from './timeline.ts';

test.each(ZONES)('the wall clock of %s, also at the very instant of a change', (zone) => {
  const wrong = timeline(zone).filter(({ at, wall }) => wallTimeAt(at, zone) !== wall);
  expect(wrong).toEqual([]);
});

const zones = fc.constantFrom(...Intl.supportedValuesOf('timeZone'));
const walls = fc.integer({ min: FROM, max: UNTIL });

test('a reading of the wall clock comes at an instant that shows it, or shows what comes after the gap', () => {
  fc.assert(
    fc.property(zones, walls, fc.integer({ min: 0, max: DAY }), (zone, wall, later) => {
      const at = instantOf(wall, zone);
      const shown = wallTimeAt(at, zone);
      expect(shown).toBeGreaterThanOrEqual(wall);
      expect(shown).toBeLessThanOrEqual(wall + HOUR);
      if (shown > wall) expect(wallTimeAt(at - 1, zone)).toBeLessThan(wall);
      expect(instantOf(wall + later, zone)).toBeGreaterThanOrEqual(at);
    }),
    { numRuns: 300 },
  );
});
