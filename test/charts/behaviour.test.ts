import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  type BehaviourPicture,
  type BehaviourPoint,
  LARGEST_SIDE,
  behaviourAlt,
  behaviourSvg,
  renderPng,
} from '../../src/charts/index.ts';
import { hostile } from './example.ts';
import { coloured, decode, ink, sizeOf } from './pixels.ts';

const points: BehaviourPoint[] = Array.from({ length: 30 }, (_, i) => ({
  label: `W${i + 1}`,
  band: { low: 90 },
  ...(i === 9
    ? { status: 'missing' }
    : { status: i === 28 ? 'red' : 'green', value: i === 28 ? 80 : 94 + (i % 3) }),
}));

const acceptance: BehaviourPicture = {
  title: 'Acceptance rate · Claims triage',
  subtitle: 'target ≥ 90 %',
  unit: '%',
  points,
  baseline: { from: 0, to: 26, state: 'frozen', centre: 95, lower: 91, upper: 99 },
  signals: [
    { at: 28, since: 28, kind: 'red', direction: null, words: 'W29: red, 80 %' },
    { at: 28, since: 28, kind: 'limits', direction: 'down', words: 'W29: 80 %, below the limits' },
  ],
  notes: [{ at: 12, words: 'W13: the new prompt' }],
  says: 'Judged against its baseline of 26 readings, W1 to W27.',
};

const BLUE = '#3f6fb5';
const SIGNAL = '#5b2a86';
const everywhere = { x: 0, y: 0, width: LARGEST_SIDE, height: 700 };

describe('the process-behaviour chart', () => {
  test('shows words, limits, marks of signals and notes; each is ink', async () => {
    const png = await renderPng(behaviourSvg(acceptance));
    const { width, height } = sizeOf(png);
    expect([width, height <= LARGEST_SIDE]).toEqual([LARGEST_SIDE, true]);
    const seen = decode(png);
    expect(ink(seen, { x: 36, y: 30, width: 500, height: 40 })).toBeGreaterThan(2000);
    expect(ink(seen, { x: 860, y: 120, width: 130, height: 400 })).toBeGreaterThan(150);
    expect(coloured(seen, { ...everywhere, height }, SIGNAL)).toBeGreaterThan(400);
    expect(coloured(seen, { ...everywhere, height }, BLUE)).toBeGreaterThan(2000);
  });

  test('limits are dashed while they are provisional, and there are none without a baseline', async () => {
    const blue = async (picture: BehaviourPicture) =>
      coloured(
        decode(await renderPng(behaviourSvg(picture))),
        { x: 110, y: 100, width: 700, height: 340 },
        BLUE,
      );
    const { baseline, ...without } = acceptance;
    const frozen = await blue(acceptance);
    const provisional = await blue({ ...acceptance, baseline: { ...baseline!, state: 'provisional' } });
    expect(provisional).toBeLessThan(frozen * 0.8);
    expect(provisional).toBeGreaterThan(300);
    expect(await blue(without)).toBeLessThan(20);
  });

  test('the words beside it say the same: newest readings, limits, signals by letter, notes by number', () => {
    expect(behaviourAlt(acceptance)).toBe(
      'Process-behaviour chart: Acceptance rate · Claims triage, target ≥ 90 %. ' +
        '29 readings, 1 missing; the newest: W25 94 % green, W26 95 % green, W27 96 % green, W28 94 % green, W29 80 % red, W30 96 % green. ' +
        'Centre 95 %, limits 91 % to 99 %. Judged against its baseline of 26 readings, W1 to W27. ' +
        'A: W29: red, 80 %. B: W29: 80 %, below the limits. Note 1: W13: the new prompt.',
    );
  });

  test('numbers without readings, and a single reading, are drawn too', () => {
    const bare = { title: 'New', unit: '', signals: [], notes: [], says: '' };
    expect(behaviourSvg({ ...bare, points: [] })).toContain('No readings yet');
    expect(behaviourSvg({ ...bare, points: [{ label: 'W1', value: 3, status: 'none' }] })).toContain('W1');
    expect(behaviourAlt({ ...bare, points: [] })).toContain('No readings yet.');
    const sentence = { ...acceptance, notes: [{ at: 12, words: 'W13: it was late.' }] };
    expect(behaviourAlt(sentence)).toMatch(/W13: it was late\.$/);
    expect(behaviourAlt(sentence)).not.toContain('..');
  });

  test('only the newest sixty points are drawn, and what is marked moves with them', () => {
    const long = [
      ...Array.from({ length: 40 }, (_, i) => ({ label: `old${i}`, value: 95, status: 'green' as const })),
      ...points,
    ];
    const moved = (at: number) => at + 40;
    const svg = behaviourSvg({
      ...acceptance,
      points: long,
      signals: [
        { ...acceptance.signals[0]!, at: 3, since: 3, words: 'long ago' },
        ...acceptance.signals.map((s) => ({ ...s, at: moved(s.at), since: moved(s.since) })),
      ],
    });
    expect(svg).not.toContain('old5');
    expect(svg).not.toContain('long ago');
    expect(svg).toContain('below the limits');
  });
});

const anyNumber = fc.double();
const at = fc.nat(80);
const hostilePoint = fc.record(
  {
    label: hostile,
    status: fc.constantFrom('green', 'yellow', 'red', 'missing', 'none'),
    value: anyNumber,
    band: fc.record({ low: anyNumber, high: anyNumber }, { requiredKeys: [] }),
  },
  { requiredKeys: ['label', 'status'] },
);
const hostilePicture = fc.record(
  {
    title: hostile,
    subtitle: hostile,
    unit: hostile,
    points: fc.array(hostilePoint, { maxLength: 80 }),
    baseline: fc.record({
      from: at,
      to: at,
      state: fc.constantFrom('provisional', 'frozen'),
      centre: anyNumber,
      lower: anyNumber,
      upper: anyNumber,
    }),
    signals: fc.array(
      fc.record({
        at,
        since: at,
        kind: fc.constantFrom('limits', 'shift', 'red', 'yellows', 'missing', 'silent'),
        direction: fc.constantFrom('up', 'down', null),
        words: hostile,
      }),
      { maxLength: 9 },
    ),
    notes: fc.array(fc.record({ at, words: hostile }), { maxLength: 9 }),
    says: hostile,
  },
  { requiredKeys: ['title', 'unit', 'points', 'signals', 'notes', 'says'] },
);

describe('whatever people typed', () => {
  test('the chart is an SVG that can be drawn, at most as high as Teams takes', async () => {
    await fc.assert(
      fc.asyncProperty(hostilePicture, async (data) => {
        const png = await renderPng(behaviourSvg(data));
        expect(sizeOf(png).height).toBeLessThanOrEqual(LARGEST_SIDE);
      }),
      { numRuns: 25 },
    );
  });

  test('the words are never longer than Slack takes, nor broken text', () => {
    fc.assert(
      fc.property(hostilePicture, (data) => {
        const alt = behaviourAlt(data);
        expect(alt.length).toBeLessThanOrEqual(2000);
        expect(alt.isWellFormed()).toBe(true);
      }),
    );
  });
});
