import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Log } from '../log.ts';
import { type Telemetry, noTelemetry } from '../telemetry/telemetry.ts';

/** `path` matches exactly, or, when it ends with `/` and is more than that, as a prefix. The first match answers. */
export interface Route {
  readonly path: string;
  readonly handle: (req: IncomingMessage, res: ServerResponse) => void | Promise<void>;
}

export function sendText(res: ServerResponse, status: number, text: string): void {
  if (res.headersSent) return;
  res.writeHead(status, { 'content-type': 'text/plain; charset=utf-8' }).end(text);
}

export function sendJson(res: ServerResponse, status: number, body: unknown): void {
  if (res.headersSent) return;
  res.writeHead(status, { 'content-type': 'application/json; charset=utf-8' }).end(JSON.stringify(body));
}

/** The path of a request without its query. */
export const pathOf = (req: IncomingMessage): string => {
  const url = req.url ?? '/';
  const query = url.indexOf('?');
  return query === -1 ? url : url.slice(0, query);
};

const matches = (route: Route, path: string): boolean =>
  route.path.length > 1 && route.path.endsWith('/') ? path.startsWith(route.path) : path === route.path;

const METHODS = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']);

/** A label has to have few values, whatever somebody sends. */
const methodOf = ({ method = '' }: IncomingMessage): string => (METHODS.has(method) ? method : 'other');

/** The one server of the process. `routes` is read at every request, so parts can be added after it listens. */
export function createHttpServer(
  routes: readonly Route[],
  log: Log,
  telemetry: Telemetry = noTelemetry,
): Server {
  const answer = async (req: IncomingMessage, res: ServerResponse): Promise<void> => {
    const path = pathOf(req);
    const route = routes.find((r) => matches(r, path));
    if (route === undefined) return sendText(res, 404, 'There is nothing at this address.\n');
    const what = { kind: 'request', method: methodOf(req), route: route.path } as const;
    const handle = async () => route.handle(req, res);
    try {
      return await telemetry.measure(what, handle, () => `${Math.floor(res.statusCode / 100)}xx`);
    } catch (error) {
      // Not its path: the addresses of files and pictures are rights to read them.
      log.error({ err: error, method: what.method, route: what.route }, 'request failed');
      return sendText(res, 500, 'Coxswain could not answer this request. The log says why.\n');
    }
  };
  const server = createServer((req, res) => void answer(req, res));
  server.requestTimeout = 30_000;
  server.headersTimeout = 10_000;
  return server;
}
