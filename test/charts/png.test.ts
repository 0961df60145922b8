import { Resvg } from '@resvg/resvg-js';
import { expect, test } from 'vitest';
import { renderPng } from '../../src/charts/index.ts';
import { pngRenderer } from '../../src/charts/png.ts';
import { decode, sizeOf } from './pixels.ts';

const square = (fill: string, opacity = 1) =>
  `<svg xmlns="http://www.w3.org/2000/svg" width="7" height="5"><rect width="6" height="5" fill="${fill}" fill-opacity="${opacity}"/></svg>`;

test('the PNG holds what was drawn, transparency included', async () => {
  for (const svg of [square('#c4321f'), square('#c4321f', 0.5)]) {
    const png = await renderPng(svg);
    expect(sizeOf(png)).toEqual({ width: 7, height: 5 });
    const drawn = new Resvg(svg).render().pixels;
    const seen = decode(png).data;
    for (const [i, byte] of drawn.entries()) expect(Math.abs(byte - (seen[i] ?? -9))).toBeLessThanOrEqual(1);
  }
});

test('what is not an SVG is refused, and refused again', async () => {
  await expect(renderPng('<svg')).rejects.toThrow();
  await expect(renderPng('<svg')).rejects.toThrow();
});

/** A renderer whose pictures are finished by hand. */
function slow(keep = 64) {
  const started: string[] = [];
  const finish = new Map<string, (error?: Error) => void>();
  const render = (svg: string) => {
    started.push(svg);
    const { promise, resolve, reject } = Promise.withResolvers<Uint8Array>();
    finish.set(svg, (error) => (error === undefined ? resolve(new Uint8Array(1)) : reject(error)));
    return promise;
  };
  return {
    started,
    finish: (svg: string, error?: Error) => finish.get(svg)?.(error),
    ask: pngRenderer({ atOnce: 2, keep, render }),
  };
}

test('two pictures are drawn at a time, the others wait their turn', async () => {
  const { started, finish, ask } = slow();
  const asked = ['a', 'b', 'c', 'd'].map((svg) => ask(svg));
  expect(started).toEqual(['a', 'b']);
  finish('b');
  await asked[1];
  await Promise.resolve();
  expect(started).toEqual(['a', 'b', 'c']);
  finish('a', new Error('no'));
  await expect(asked[0]).rejects.toThrow('no');
  await Promise.resolve();
  expect(started).toEqual(['a', 'b', 'c', 'd']);
  finish('c');
  finish('d');
  await Promise.all(asked.slice(1));
});

test('the same picture is drawn once, also while it is being drawn; a failure is not remembered', async () => {
  const { started, finish, ask } = slow();
  const [one, two] = [ask('a'), ask('a')];
  finish('a');
  expect(await one).toBe(await two);
  expect(await ask('a')).toBe(await one);
  expect(started).toEqual(['a']);

  const failed = ask('b');
  finish('b', new Error('no'));
  await expect(failed).rejects.toThrow('no');
  const again = ask('b');
  finish('b');
  expect(started).toEqual(['a', 'b', 'b']);
  await again;
});

test('the pictures asked for last are remembered', async () => {
  const { started, finish, ask } = slow(2);
  for (const svg of ['a', 'b', 'a', 'c', 'a', 'b']) {
    const png = ask(svg);
    finish(svg);
    await png;
  }
  expect(started).toEqual(['a', 'b', 'c', 'b']);
});
