import type { ServerResponse } from 'node:http';
import { createHash } from 'node:crypto';

/** Text that is HTML already. Only `html` makes it, so that nothing else can stand in a page as it is. */
export interface Html {
  readonly html: string;
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};
const escaped = (text: string): string => text.replaceAll(/[&<>"']/g, (c) => ENTITIES[c] ?? c);

type Part = string | Html | readonly Html[];
const written = (part: Part): string =>
  typeof part === 'string' ? escaped(part) : 'html' in part ? part.html : part.map(written).join('');

/** HTML from a template: what is put in is escaped. */
export const html = (texts: TemplateStringsArray, ...parts: readonly Part[]): Html => ({
  html: texts.map((text, i) => `${text}${i < parts.length ? written(parts[i]!) : ''}`).join(''),
});

const STYLE = `
:root { color-scheme: light dark; --ink: #14212b; --paper: #fff; --soft: #51626e; --line: #c8d2d9; --go: #0b5cad; }
@media (prefers-color-scheme: dark) {
  :root { --ink: #e8eef2; --paper: #12181d; --soft: #a9b8c2; --line: #3a4a55; --go: #7ab8f5; }
}
body { margin: 0; color: var(--ink); background: var(--paper); font: 1rem/1.6 system-ui, sans-serif; }
main { max-width: 42rem; margin: 0 auto; padding: 2rem 1.25rem 4rem; }
h1 { line-height: 1.25; }
a { color: var(--go); }
a.button { display: inline-block; padding: .7rem 1.4rem; border-radius: .4rem; font-weight: 600;
  color: var(--paper); background: var(--go); text-decoration: none; }
a:focus-visible { outline: 3px solid var(--ink); outline-offset: 3px; }
code { padding: .1rem .3rem; border: 1px solid var(--line); border-radius: .3rem; overflow-wrap: anywhere; }
.note { color: var(--soft); }
table { width: 100%; border-collapse: collapse; }
th, td { padding: .4rem .5rem .4rem 0; border-bottom: 1px solid var(--line); text-align: left; vertical-align: top; }
`;
const STYLE_HASH = createHash('sha256').update(STYLE).digest('base64');

/**
 * Answers with a page of our own: no script, nothing loaded from elsewhere, never shown inside another page, kept by
 * nobody, and what its address held goes nowhere.
 */
export function sendPage(
  res: ServerResponse,
  status: number,
  title: string,
  body: Html,
  headers: Readonly<Record<string, string>> = {},
): void {
  const page = html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${title}</title>
        ${{ html: `<style>${STYLE}</style>` }}
      </head>
      <body>
        <main>
          <h1>${title}</h1>
          ${body}
        </main>
      </body>
    </html> `;
  res.writeHead(status, {
    'content-type': 'text/html; charset=utf-8',
    'content-security-policy': `default-src 'none'; style-src 'sha256-${STYLE_HASH}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`,
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
    'cache-control': 'no-store',
    ...headers,
  });
  res.end(page.html);
}
