import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { ServerResponse } from 'node:http';
import { stripTypeScriptTypes } from 'node:module';
import { fileURLToPath } from 'node:url';
import { pathOf, type Route, sendText } from '../src/http/server.ts';
import { pageHeaders } from './guard.ts';

const HERE = new URL('./', import.meta.url);

/** Libraries the page uses, by the name it imports them under; served from node_modules. */
const LIBRARIES: Readonly<Record<string, string>> = {
  preact: 'preact',
  'preact/hooks': 'preact/hooks',
  htm: 'htm',
  'htm/preact': 'htm/preact',
};
const libraryPath = (name: string): string => `/sandbox/lib/${name.replace('/', '-')}.js`;
const IMPORT_MAP = JSON.stringify({
  imports: Object.fromEntries(Object.keys(LIBRARIES).map((name) => [name, libraryPath(name)])),
});

const TYPES: Readonly<Record<string, string>> = {
  ts: 'text/javascript; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  css: 'text/css; charset=utf-8',
  svg: 'image/svg+xml',
};

/** Each file is read and stripped of its types once. */
const cache = new Map<string, Promise<string>>();

function once(key: string, read: () => Promise<string>): Promise<string> {
  const cached = cache.get(key) ?? read();
  cache.set(key, cached);
  // A file that could not be read may be there next time.
  cached.catch(() => cache.delete(key));
  return cached;
}

const source = (name: string): Promise<string> =>
  once(name, async () => {
    const text = await readFile(fileURLToPath(new URL(name, HERE)), 'utf8');
    return name.endsWith('.ts') ? stripTypeScriptTypes(text) : text;
  });

/** The files of node_modules are found the way Node finds them; source maps are left off, they are not served. */
const library = (name: string): Promise<string> =>
  once(`lib ${name}`, async () => {
    const text = await readFile(fileURLToPath(import.meta.resolve(LIBRARIES[name] ?? '')), 'utf8');
    return text.replace(/\n?\/\/# sourceMappingURL=.*\s*$/, '\n');
  });

async function part(path: string, res: ServerResponse): Promise<void> {
  const text = await source(path).catch(() => undefined);
  if (text === undefined) return sendText(res, 404, 'No such part\n');
  pageHeaders(res);
  const type = TYPES[path.split('.').at(-1) ?? ''] ?? 'text/plain';
  res.writeHead(200, { 'content-type': type, 'cache-control': 'no-cache' }).end(text);
  return undefined;
}

/** The page itself, its parts and its libraries. `token` is what its posts must carry. */
export function assetRoutes(token: string): Route[] {
  return [
    {
      path: '/sandbox',
      async handle(_req, res) {
        const nonce = randomBytes(16).toString('base64');
        const html = (await source('page/index.html'))
          .replaceAll('{{nonce}}', nonce)
          .replaceAll('{{token}}', token)
          .replaceAll('{{imports}}', IMPORT_MAP);
        pageHeaders(res, nonce);
        res
          .writeHead(200, { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store' })
          .end(html);
      },
    },
    {
      path: '/sandbox/page/',
      async handle(req, res) {
        const name = pathOf(req).slice('/sandbox/page/'.length);
        if (!/^(?:[a-z]+\/)?[a-z-]+\.(?:ts|css|svg)$/.test(name)) return sendText(res, 404, 'No such part\n');
        return part(`page/${name}`, res);
      },
    },
    {
      path: '/sandbox/lib/',
      async handle(req, res) {
        const name = Object.keys(LIBRARIES).find((known) => libraryPath(known) === pathOf(req));
        if (name === undefined) return sendText(res, 404, 'No such library\n');
        pageHeaders(res);
        const text = await library(name);
        res.writeHead(200, { 'content-type': TYPES['js'] ?? '', 'cache-control': 'no-cache' }).end(text);
        return undefined;
      },
    },
  ];
}
