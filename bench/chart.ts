import { performance } from 'node:perf_hooks';
import { renderAsync } from '@resvg/resvg-js';
import { backtestPicture } from '../src/cards/backtest.ts';
import { FONT_FAMILY, FONT_FILES } from '../src/charts/font.ts';
import { behaviourSvg } from '../src/charts/index.ts';
import { pngRenderer } from '../src/charts/png.ts';
import { backtest } from '../src/domain/drift/backtest.ts';
import { upTo, watchedOf } from '../src/domain/drift/pasted.ts';
import type { Measure } from './figures.ts';

const PICTURES = 10;
const TARGET = { direction: 'higher', target: 90, targetHigh: null, tolerance: 4 } as const;
const METRIC = { name: 'Acceptance rate', unit: '%', cadence: 'weekly', source: 'chat' } as const;

/** A year of one number with a shift in it; each `run` is another one, so that nothing is remembered. */
function pictureOf(run: number) {
  const values = Array.from({ length: 52 }, (_, i) => 93 + 2 * Math.sin(i * 2.4 + run) - (i > 40 ? 5 : 0));
  const history = watchedOf(upTo('2026-W47', 'weekly', values), TARGET);
  return backtestPicture({ metric: METRIC, seatName: 'Claims', history, results: backtest(history) });
}

let made = 0;

/** From a year of numbers to the PNG of its process-behaviour chart, against resvg alone on the same SVG. */
export const chartPng: Measure = {
  name: 'chart.png_ms',
  unit: 'ms',
  aim: { ratioAtMost: 1.3 },
  warmUp: async () => void (await pngRenderer()(behaviourSvg(pictureOf((made += 1))))),
  async pair() {
    const render = pngRenderer();
    const font = { loadSystemFonts: false, fontFiles: [...FONT_FILES], defaultFontFamily: FONT_FAMILY };
    let [ours, limit] = [0, 0];
    for (let i = 0; i < PICTURES; i += 1) {
      const data = pictureOf((made += 1));
      const begun = performance.now();
      const svg = behaviourSvg(data);
      await render(svg);
      const done = performance.now();
      (await renderAsync(svg, { font })).asPng();
      ours += done - begun;
      limit += performance.now() - done;
    }
    return { value: ours / PICTURES, limit: limit / PICTURES };
  },
};
