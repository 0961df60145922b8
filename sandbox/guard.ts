import { timingSafeEqual } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { type Route, sendText } from '../src/http/server.ts';

const LOOPBACK = new Set(['localhost', '127.0.0.1', '[::1]']);

/** Whether the Host header names this machine: a page elsewhere that rebinds its DNS name here does not. */
function isLoopbackHost(host: string | undefined): boolean {
  return (
    host !== undefined && URL.canParse(`http://${host}`) && LOOPBACK.has(new URL(`http://${host}`).hostname)
  );
}

/** Refuses requests that are not addressed to this machine by its loopback names. */
export const loopbackOnly = (route: Route): Route => ({
  path: route.path,
  handle: (req, res) =>
    isLoopbackHost(req.headers.host)
      ? route.handle(req, res)
      : sendText(res, 403, 'The sandbox answers on localhost only.\n'),
});

/** Why a POST of the page is refused, or undefined: it must come from the page itself and carry its token. */
export function refusePost(req: IncomingMessage, token: string): string | undefined {
  const { origin, host } = req.headers;
  if (origin !== undefined && origin !== `http://${host}`)
    return 'The sandbox takes no requests from other pages.';
  if (req.headers['sec-fetch-site'] === 'cross-site')
    return 'The sandbox takes no requests from other pages.';
  const given = Buffer.from(String(req.headers['x-sandbox-token'] ?? ''));
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
