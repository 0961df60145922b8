import type { IncomingMessage, ServerResponse } from 'node:http';
import { StreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/streamableHttp.js';
import { parseBody, rawBody } from '../api/body.ts';
import type { Gate } from '../api/gate.ts';
import { type Problem, problem, problemOf, sendProblem } from '../api/problem.ts';
import type { App } from '../context.ts';
import { isLoopbackName } from '../http/loopback.ts';
import type { Route } from '../http/server.ts';
import { localBackend } from './local.ts';
import { createMcpServer } from './tools.ts';

interface Options {
  readonly version: string;
  readonly publicUrl: () => string | undefined;
}

const MOST_BYTES = 1024 * 1024;

/**
 * A page elsewhere that rebinds its name to this address would ask under that name, and a browser tells where a
 * request comes from: both have to be our own address, or this machine.
 */
function stranger(req: IncomingMessage, publicUrl: string | undefined): Problem | undefined {
  const own = publicUrl === undefined ? undefined : URL.parse(publicUrl);
  const host = URL.parse(`http://${req.headers.host ?? ''}`);
  if (host === null || !(isLoopbackName(host.hostname) || host.hostname === own?.hostname)) {
    return problem(403, 'This address is not the one of PUBLIC_URL: set that to how machines reach Coxswain.')
      .problem;
  }
  const { origin } = req.headers;
  if (origin === undefined || origin === own?.origin) return undefined;
  const from = URL.parse(origin);
  return from !== null && isLoopbackName(from.hostname)
    ? undefined
    : problem(403, 'Pages of other sites may not use this address.').problem;
}

/** `/mcp`: streamable HTTP without sessions. Every request carries its token, and its answer is one JSON body. */
export function mcpRoute(app: App, gate: Gate, { version, publicUrl }: Options): Route {
  async function handle(req: IncomingMessage, res: ServerResponse): Promise<void> {
    const refused = stranger(req, publicUrl());
    if (refused !== undefined) return sendProblem(res, refused);
    if (req.method !== 'POST')
      return sendProblem(
        res,
        problem(405, 'Send POST: there are no sessions and no streams here.', { headers: { allow: 'POST' } })
          .problem,
      );
    const token = await gate.byToken(req);
    if ('problem' in token) return sendProblem(res, token.problem);
    const raw = await rawBody(req, MOST_BYTES);
    if ('problem' in raw) return sendProblem(res, raw.problem);
    const body = await parseBody(req, raw.value);
    if ('problem' in body) return sendProblem(res, body.problem);
    const server = createMcpServer(localBackend(app, token.value), version);
    const transport = new StreamableHTTPServerTransport({ enableJsonResponse: true });
    res.on('close', () => void server.close());
    await server.connect(transport);
    await transport.handleRequest(req, res, body.value);
  }
  return {
    path: '/mcp',
    async handle(req, res) {
      try {
        await handle(req, res);
      } catch (error) {
        sendProblem(res, problemOf(error, app.log, '/mcp'));
      }
    },
  };
}
