import { promisify } from 'node:util';
import { crc32, deflate } from 'node:zlib';

const deflated = promisify(deflate);

function chunk(type: string, data: Uint8Array): Buffer {
  const out = Buffer.alloc(data.length + 12);
  out.writeUInt32BE(data.length, 0);
  out.write(type, 4, 'latin1');
  out.set(data, 8);
  out.writeUInt32BE(crc32(out.subarray(4, data.length + 8)), data.length + 8);
  return out;
}

function header(width: number, height: number): Buffer {
  const out = Buffer.alloc(13);
  out.writeUInt32BE(width, 0);
  out.writeUInt32BE(height, 4);
  out.set([8, 6, 0, 0, 0], 8); // 8 bits, RGBA, no interlace
  return out;
}

/** Scan lines without a filter, which is what flat colours compress best with; resvg premultiplies by alpha. */
function scanLines(pixels: Uint8Array, width: number, height: number): Buffer {
  const stride = width * 4;
  const out = Buffer.alloc((stride + 1) * height);
  for (let y = 0; y < height; y += 1)
    out.set(pixels.subarray(y * stride, (y + 1) * stride), y * (stride + 1) + 1);
  for (let y = 0; y < height; y += 1) {
    const start = y * (stride + 1) + 1;
    for (let at = start; at < start + stride; at += 4) {
      const alpha = out[at + 3] ?? 0;
      if (alpha === 0 || alpha === 255) continue;
      for (let c = at; c < at + 3; c += 1) out[c] = Math.min(255, Math.round(((out[c] ?? 0) * 255) / alpha));
    }
  }
  return out;
}

/**
 * A PNG (https://www.w3.org/TR/png/) of premultiplied RGBA pixels. resvg's own `asPng` compresses on the event
 * loop, about 30 ms for a picture; this compresses on a thread. Flat colours gain little from levels above 3, which
 * take twice the time.
 */
export async function encodePng(pixels: Uint8Array, width: number, height: number): Promise<Uint8Array> {
  const data = await deflated(scanLines(pixels, width, height), { level: 3 });
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('IHDR', header(width, height)),
    chunk('IDAT', data),
    chunk('IEND', new Uint8Array(0)),
  ]);
}
