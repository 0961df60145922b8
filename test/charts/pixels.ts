import { Resvg } from '@resvg/resvg-js';

export interface Pixels {
  readonly width: number;
  readonly height: number;
  /** Premultiplied RGBA. */
  readonly data: Uint8Array;
}

export interface Area {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Size as a PNG states it in its header. */
export function sizeOf(png: Uint8Array): { width: number; height: number } {
  const view = new DataView(png.buffer, png.byteOffset);
  return { width: view.getUint32(16), height: view.getUint32(20) };
}

/** Decodes with resvg's decoder, which knows nothing of our encoder. */
export function decode(png: Uint8Array): Pixels {
  const { width, height } = sizeOf(png);
  const href = `data:image/png;base64,${Buffer.from(png).toString('base64')}`;
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="${width}" height="${height}"><image width="${width}" height="${height}" image-rendering="optimizeSpeed" xlink:href="${href}"/></svg>`;
  return { width, height, data: new Resvg(svg).render().pixels };
}

const rgb = (hex: string): number[] => [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16));

/** Opaque pixels of the area that `is` accepts. */
function count(
  { data, width }: Pixels,
  area: Area,
  is: (r: number, g: number, b: number) => boolean,
): number {
  let found = 0;
  for (let y = Math.floor(area.y); y < area.y + area.height; y += 1)
    for (let x = Math.floor(area.x); x < area.x + area.width; x += 1) {
      const at = (y * width + x) * 4;
      const [r = 0, g = 0, b = 0, a = 0] = data.subarray(at, at + 4);
      if (a === 255 && is(r, g, b)) found += 1;
    }
  return found;
}

/** Dark pixels, as those of text and lines are and those of shading and hairlines are not. */
export const ink = (pixels: Pixels, area: Area): number => count(pixels, area, (r, g, b) => r + g + b < 450);

/** Pixels of nearly this colour. */
export function coloured(pixels: Pixels, area: Area, hex: string): number {
  const wanted = rgb(hex);
  return count(pixels, area, (...seen) => seen.every((part, i) => Math.abs(part - (wanted[i] ?? 0)) < 24));
}
