import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { METRIC_CATALOGUE } from '../src/domain/metric-catalogue.ts';

const page = readFileSync(join(import.meta.dirname, '../docs/numbers.md'), 'utf8');

test('docs/numbers.md lists the catalogue as the code has it', () => {
  const [, part = ''] = /<!-- catalogue[^>]*-->([^]*?)<!-- \/catalogue -->/.exec(page) ?? [];
  const rows = part
    .split('\n')
    .filter((line) => line.startsWith('|'))
    .slice(2)
    .map((line) =>
      line
        .split('|')
        .slice(1, -1)
        .map((cell) => cell.trim()),
    );
  const tolerance = (m: (typeof METRIC_CATALOGUE)[number]) =>
    'points' in m.tolerance
      ? `${m.tolerance.points} points`
      : `${Math.round(m.tolerance.share * 100)} % of the target`;
  expect(rows).toEqual(
    METRIC_CATALOGUE.map((m) => [`\`${m.key}\``, m.category, m.unit, m.direction, tolerance(m), m.counted]),
  );
});
