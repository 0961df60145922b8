import { timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { isLoopbackRequest } from './loopback.ts';
import { type Route, sendText } from './server.ts';

const TEXT = 'text/plain; version=0.0.4; charset=utf-8';

/** A request that a proxy hands on comes from this machine, too: then it is not the asker's own. */
const isDirect = (req: IncomingMessage): boolean =>
  isLoopbackRequest(req) &&
  req.headers['x-forwarded-for'] === undefined &&
  req.headers.forwarded === undefined &&
  req.headers['x-real-ip'] === undefined;

function carries(req: IncomingMessage, token: string): boolean {
  const given = Buffer.from(req.headers.authorization ?? '');
  const wanted = Buffer.from(`Bearer ${token}`);
  return given.length === wanted.length && timingSafeEqual(given, wanted);
}

/** `/metrics` for Prometheus: to who has the token; without one, only to this machine itself. */
export function metricsRoute(exposition: () => Promise<string>, token: (() => string) | undefined): Route {
  return {
    path: '/metrics',
    async handle(req, res) {
      if (token !== undefined && !carries(req, token())) {
        res.setHeader('www-authenticate', 'Bearer');
        return sendText(res, 401, 'Send the token of COXSWAIN_METRICS_TOKEN: authorization: Bearer …\n');
      }
      if (token === undefined && !isDirect(req))
        return sendText(
          res,
          403,
          'Figures are for this machine only, unless COXSWAIN_METRICS_TOKEN is set.\n',
        );
      res.writeHead(200, { 'content-type': TEXT, 'cache-control': 'no-store' }).end(await exposition());
    },
  };
}
