import { describe, expect, test } from 'vitest';
import { DAY } from '../../src/clock.ts';
import { type Journey, funnel, isUpwards, nextStage } from '../../src/domain/funnel.ts';
import type { Stage } from '../../src/domain/seat.ts';

const NOW = 1000 * DAY;
/** Added in the first stage, and every ten days a stage further; the last move was `age` days ago. */
const journey = (stages: readonly Stage[], age: number): Journey => {
  const at = (i: number) => NOW - (age + 10 * (stages.length - 1 - i)) * DAY;
  return {
    stage: stages.at(-1)!,
    createdAt: at(0),
    moves: stages.slice(1).map((to, i) => ({ from: stages[i]!, to, at: at(i + 1) })),
  };
};

describe('the funnel', () => {
  test('counts seats by stage with the median of the days there', () => {
    const found = funnel(
      [
        journey(['pilot'], 30),
        journey(['proposed', 'pilot'], 4),
        journey(['pilot'], 90),
        journey(['build'], 2),
      ],
      NOW,
    );
    expect(found.stages.filter((s) => s.seats > 0)).toEqual([
      { stage: 'pilot', seats: 3, days: 30 },
      { stage: 'build', seats: 1, days: 2 },
    ]);
    expect(found.stages.find((s) => s.stage === 'production')).toEqual({
      stage: 'production',
      seats: 0,
      days: undefined,
    });
  });

  test('who was in pilot and reached production counts, also when it came back or was retired since', () => {
    const found = funnel(
      [
        journey(['pilot', 'build', 'rollout', 'production'], 1),
        journey(['pilot', 'build', 'rollout', 'production', 'pilot'], 1),
        journey(['pilot', 'build', 'rollout', 'production', 'retired'], 1),
        journey(['pilot'], 1),
        journey(['production'], 1),
        journey(['proposed'], 1),
      ],
      NOW,
    );
    expect(found).toMatchObject({ piloted: 4, reached: 3, stopped: 0 });
  });

  test('a clean stop is a retirement before production', () => {
    const found = funnel(
      [
        journey(['pilot', 'retired'], 1),
        journey(['proposed', 'retired'], 1),
        journey(['production', 'retired'], 1),
      ],
      NOW,
    );
    expect(found).toMatchObject({ stopped: 2, piloted: 1, reached: 0 });
  });

  test('upwards needs a decision, and so does coming back from retirement', () => {
    expect(isUpwards('pilot', 'build')).toBe(true);
    expect(isUpwards('retired', 'proposed')).toBe(true);
    expect(isUpwards('production', 'pilot')).toBe(false);
    expect(isUpwards('pilot', 'retired')).toBe(false);
    expect([nextStage('pilot'), nextStage('production'), nextStage('retired')]).toEqual([
      'build',
      undefined,
      'proposed',
    ]);
  });
});
