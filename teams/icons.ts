import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Resvg } from '@resvg/resvg-js';

/**
 * Draws the two icons of the Teams package: a seat on the water. Run `node teams/icons.ts` after a change.
 * Teams wants 192×192 in full colour and 32×32 in white on nothing.
 */
const boat = (stroke: string, wake: string) => `
  <g fill="none" stroke-linecap="round" stroke-linejoin="round" stroke="${stroke}" stroke-width="11">
    <circle cx="96" cy="52" r="14"/>
    <path d="M96 68 v34"/>
    <path d="M36 104 h120 c-8 26 -28 38 -60 38 s-52 -12 -60 -38 z"/>
    <path d="M52 164 h88" stroke="${wake}"/>
  </g>`;

const color = `<svg xmlns="http://www.w3.org/2000/svg" width="192" height="192" viewBox="0 0 192 192">
  <rect width="192" height="192" fill="#0B5563"/>${boat('#FFFFFF', '#7FD1C7')}
</svg>`;
const outline = `<svg xmlns="http://www.w3.org/2000/svg" width="32" height="32" viewBox="16 16 160 168">${boat('#FFFFFF', '#FFFFFF')}</svg>`;

for (const [name, svg] of [
  ['color.png', color],
  ['outline.png', outline],
] as const) {
  await writeFile(join(import.meta.dirname, name), new Resvg(svg).render().asPng());
}
