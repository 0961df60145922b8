import { readFile } from 'node:fs/promises';
import type { ServerResponse } from 'node:http';
import { createRequire } from 'node:module';
import { join, dirname } from 'node:path';
import { sendText } from '../../src/http/server.ts';

const require = createRequire(import.meta.url);
const here = (name: string) => join(import.meta.dirname, 'page', name);
const inPackage = (name: string, path: string) =>
  join(dirname(require.resolve(`${name}/package.json`)), path);

const HTML = 'text/html; charset=utf-8';
const SCRIPT = 'text/javascript; charset=utf-8';
const STYLE = 'text/css; charset=utf-8';

/** The page's files by their name in the address; the renderer is Microsoft's own, from its package. */
const FILES: Readonly<Record<string, readonly [type: string, path: () => string]>> = {
  '': [HTML, () => here('index.html')],
  'app.js': [SCRIPT, () => here('app.js')],
  'cards.js': [SCRIPT, () => here('cards.js')],
  'style.css': [STYLE, () => here('style.css')],
  'adaptivecards.js': [SCRIPT, () => inPackage('adaptivecards', 'dist/adaptivecards.min.js')],
  'markdown-it.js': [SCRIPT, () => inPackage('markdown-it', 'dist/markdown-it.min.js')],
};

const POLICY =
  "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; frame-ancestors 'self'";

/** `token` is written into the page, for its posts. */
export async function sendAsset(res: ServerResponse, name: string, token: string): Promise<void> {
  const file = FILES[name];
  if (file === undefined) return sendText(res, 404, 'There is nothing at this address.\n');
  const [type, path] = file;
  res.writeHead(200, {
    'content-type': type,
    'content-security-policy': POLICY,
    'x-content-type-options': 'nosniff',
    'cache-control': name === '' ? 'no-store' : 'no-cache',
  });
  const text = await readFile(path(), 'utf8');
  res.end(name === '' ? text.replace('{{token}}', token) : text);
}
