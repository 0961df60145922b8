import { createHash } from 'node:crypto';
import { renderAsync } from '@resvg/resvg-js';
import { encodePng } from './encode.ts';
import { FONT_FAMILY, FONT_FILES } from './font.ts';

/** Threads that drawing may hold; Node has four for everything. */
const AT_ONCE = 2;
const KEPT = 64;

/** Runs at most `limit` tasks at a time, the others in the order in which they came. */
function lanes(limit: number): <T>(task: () => Promise<T>) => Promise<T> {
  const waiting: (() => void)[] = [];
  let running = 0;
  return async (task) => {
    if (running >= limit) await new Promise<void>((go) => waiting.push(go));
    else running += 1;
    try {
      return await task();
    } finally {
      const next = waiting.shift();
      if (next === undefined) running -= 1;
      else next();
    }
  };
}

/** Draws on a thread; a font that is missing would give blank text without an error, so system fonts are never asked. */
async function draw(svg: string): Promise<Uint8Array> {
  const image = await renderAsync(svg, {
    font: { loadSystemFonts: false, fontFiles: [...FONT_FILES], defaultFontFamily: FONT_FAMILY },
  });
  return encodePng(image.pixels, image.width, image.height);
}

/** A renderer of its own: bounded, and with the `keep` pictures that were asked for last. */
export function pngRenderer({ atOnce = AT_ONCE, keep = KEPT, render = draw } = {}): (
  svg: string,
) => Promise<Uint8Array> {
  const inLane = lanes(atOnce);
  const kept = new Map<string, Promise<Uint8Array>>();
  return (svg) => {
    const key = createHash('sha256').update(svg).digest('base64');
    const known = kept.get(key);
    const png = known ?? inLane(() => render(svg));
    kept.delete(key);
    kept.set(key, png);
    if (known === undefined) {
      png.catch(() => kept.get(key) === png && kept.delete(key));
      const oldest = kept.keys().next().value;
      if (kept.size > keep && oldest !== undefined) kept.delete(oldest);
    }
    return png;
  };
}

/**
 * The picture as PNG, drawn off the event loop, at most two at a time; the same SVG is drawn once while it is
 * remembered. Callers share the bytes and must not change them. Rejects when the SVG is not one.
 */
export const renderPng = pngRenderer();
