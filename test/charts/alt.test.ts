import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { scorecardAlt } from '../../src/charts/index.ts';
import { acceptance, claims, hostilePicture, rowsOf } from './example.ts';

describe('the words beside the scorecard picture', () => {
  test('say title, weeks, and of each row the target, owner, value, status and history', () => {
    expect(scorecardAlt(claims)).toBe(
      'Scorecard: Claims triage, Week 47. Weeks W35 to W47. ' +
        'Acceptance rate (target ≥ 92 %, owner Ana Ruiz): 102 %, red ' +
        '(weeks: 2 yellow, 3 green, 1 missing, 2 green, 1 red, 3 green, 1 red). ' +
        'Edit rate (target ≥ 92 %, owner Wen Li): 102 %, green (weeks: 4 not due, 9 green).',
    );
  });

  test('name the rows that are not in the picture and the command that shows them', () => {
    expect(scorecardAlt({ ...claims, more: 4 }, 'scorecard claims')).toMatch(
      / 4 more rows: scorecard claims$/,
    );
    expect(scorecardAlt({ ...claims, more: 1 })).toMatch(/ 1 more row: scorecard$/);
  });

  test('drop histories before rows, and count the rows that had to go', () => {
    const some = scorecardAlt({ ...claims, rows: rowsOf(25) });
    expect(some).toContain('Metric 25: 102 %, red.');
    expect(some).not.toContain('weeks:');

    const many = scorecardAlt({ ...claims, rows: rowsOf(200), more: 5 });
    const said = many.match(/Metric \d+:/g)?.length ?? 0;
    expect(said).toBeGreaterThan(40);
    expect(many.endsWith(` ${205 - said} more rows: scorecard`)).toBe(true);
  });

  test('keep letters that the picture cannot draw', () => {
    expect(scorecardAlt({ ...claims, rows: [{ ...acceptance, metric: '受入率 🚀' }] })).toContain(
      '受入率 🚀',
    );
  });

  test('an empty scorecard says so', () => {
    expect(scorecardAlt({ title: 'New', weeks: [], rows: [] })).toBe('Scorecard: New. No metrics yet.');
  });

  test('are never longer than Slack takes, nor broken text', () => {
    fc.assert(
      fc.property(hostilePicture, (data) => {
        const alt = scorecardAlt(data);
        expect(alt.length).toBeLessThanOrEqual(2000);
        expect(alt.isWellFormed()).toBe(true);
      }),
    );
  });
});
