import { randomBytes, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { isLoopbackRequest } from '../src/http/loopback.ts';
import { type Route, sendText } from '../src/http/server.ts';

/** A browser names the page that asks, except for plain links; the sandbox's own pages stand at its address. */
const isOwnPage = ({ headers: { origin, host } }: IncomingMessage): boolean =>
  origin === undefined || origin === `http://${host}`;

/** Refuses what does not come from this machine under its own name, and what another site's page asks for. */
export const loopbackOnly = (route: Route): Route => ({
  path: route.path,
  handle(req, res) {
    if (!isLoopbackRequest(req)) return sendText(res, 403, 'The sandbox answers on localhost only.\n');
    if (!isOwnPage(req)) return sendText(res, 403, 'The sandbox takes no requests from other pages.\n');
    return route.handle(req, res);
  },
});

/** The header in which a page's posts carry the token that the page was served with. */
const TOKEN_HEADER = 'x-sandbox-token';

/** What the posts of a page must carry; another one at every start. */
export const newToken = (): string => randomBytes(24).toString('base64url');

/** Why a POST of a page is refused, or undefined: it must come from the page itself and carry its token. */
export function refusePost(req: IncomingMessage, token: string): string | undefined {
  if (!isOwnPage(req) || req.headers['sec-fetch-site'] === 'cross-site')
    return 'The sandbox takes no requests from other pages.';
  const given = Buffer.from(String(req.headers[TOKEN_HEADER] ?? ''));
  const wanted = Buffer.from(token);
  const same = given.length === wanted.length && timingSafeEqual(given, wanted);
  return same ? undefined : 'This page is from before the last start. Reload it.';
}

/** Headers of everything the page is made of: nothing from, and nothing to, any other host. */
export function pageHeaders(res: ServerResponse, nonce = ''): void {
  const scripts = nonce === '' ? "'self'" : `'self' 'nonce-${nonce}'`;
  res.setHeader(
    'content-security-policy',
    `default-src 'none'; script-src ${scripts}; style-src 'self'; img-src 'self' data:; connect-src 'self'; font-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`,
  );
  res.setHeader('x-content-type-options', 'nosniff');
  res.setHeader('referrer-policy', 'no-referrer');
  res.setHeader('cross-origin-resource-policy', 'same-origin');
  res.setHeader('cross-origin-opener-policy', 'same-origin');
}
