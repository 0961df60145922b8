import type { IncomingMessage } from 'node:http';

const LOOPBACK = new Set(['127.0.0.1', '::1', '::ffff:127.0.0.1']);
const HOSTS = new Set(['127.0.0.1', '[::1]', 'localhost']);

const hostnameOf = (host: string | undefined): string => URL.parse(`http://${host ?? ''}`)?.hostname ?? '';

/**
 * Only from this machine, under a name of this machine (a foreign name would be DNS rebinding), and from no other
 * site's page.
 */
export function isLoopback(req: IncomingMessage): boolean {
  if (!LOOPBACK.has(req.socket.remoteAddress ?? '')) return false;
  if (!HOSTS.has(hostnameOf(req.headers.host))) return false;
  const { origin } = req.headers;
  return origin === undefined || origin === `http://${req.headers.host}`;
}
