import type { IncomingMessage, ServerResponse } from 'node:http';
import { assertTokenReaches } from '../actions/allow.ts';
import type { App } from '../context.ts';
import { type Route, pathOf, sendJson } from '../http/server.ts';
import type { Token } from '../../db/tokens.ts';
import type { Json } from '../ui/card.ts';
import { parseBody, rawBody } from './body.ts';
import type { Endpoint } from './endpoint.ts';
import { ENDPOINTS } from './endpoints/index.ts';
import type { Gate } from './gate.ts';
import { openApi } from './openapi.ts';
import { type Got, problem, problemOf, sendProblem } from './problem.ts';
import { grafanaClaim, ownClaim } from './signature.ts';

interface Matched {
  readonly endpoint: Endpoint;
  readonly params: Readonly<Record<string, string>>;
}

/** `/api/v1/seats/{key}` as an expression with a group for each parameter. */
const patterns = ENDPOINTS.map((endpoint) => ({
  endpoint,
  form: new RegExp(`^${endpoint.path.replaceAll(/\{(\w+)\}/g, '(?<$1>[^/]+)')}$`),
}));

function decoded(params: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(params).map(([name, value]) => {
      try {
        return [name, decodeURIComponent(value)];
      } catch {
        return [name, value];
      }
    }),
  );
}

function match(method: string, path: string): Got<Matched> {
  const fitting = patterns.flatMap(({ endpoint, form }) => {
    const found = form.exec(path);
    return found === null ? [] : [{ endpoint, params: decoded({ ...found.groups }) }];
  });
  if (fitting.length === 0)
    return problem(404, 'There is nothing at this address. GET /api/v1/openapi.json lists what there is.');
  const right = fitting.find(({ endpoint }) => endpoint.method === method);
  if (right !== undefined) return { value: right };
  const allow = fitting.map(({ endpoint }) => endpoint.method).join(', ');
  return problem(405, `Send ${allow} to this address.`, { headers: { allow } });
}

/** `signed` is what a signature with a stamp was made over. */
type Came = { readonly token: Token; readonly body: Buffer | undefined; readonly signed?: string };

/** Who asks, and the bytes that came. A token is looked at before the body is read; a signature needs the body. */
async function comeIn(
  gate: Gate,
  req: IncomingMessage,
  endpoint: Endpoint,
  sender?: string,
): Promise<Got<Came>> {
  const claim = endpoint.signed === 'own' ? ownClaim(req.headers) : grafanaClaim(req.headers);
  const most = endpoint.body?.mostBytes ?? 0;
  if (endpoint.signed !== undefined && claim !== undefined && req.headers.authorization === undefined) {
    const body = await rawBody(req, most);
    if ('problem' in body) return body;
    const token = await gate.bySignature(sender, claim, body.value);
    if ('problem' in token) return token;
    // Without a stamp the sender's own words for the alert say what is a repetition.
    const signed =
      claim.seconds === undefined ? {} : { signed: claim.prefix + body.value.toString('latin1') };
    return { value: { token: token.value, body: body.value, ...signed } };
  }
  const token = await gate.byToken(req);
  if ('problem' in token) return token;
  if (endpoint.body === undefined) return { value: { token: token.value, body: undefined } };
  if (!token.value.scopes.includes(endpoint.scope)) return { value: { token: token.value, body: undefined } };
  const body = await rawBody(req, most);
  return 'problem' in body ? body : { value: { token: token.value, body: body.value } };
}

const MOST_KEY = 200;

/** Who replays what another signed can send any header with it: then only what was signed counts. */
function keyOf(req: IncomingMessage, signed: string | undefined): Got<string | undefined> {
  const given = req.headers['idempotency-key'];
  if (signed !== undefined || given === undefined) return { value: signed };
  if (typeof given === 'string' && given.length > 0 && given.length <= MOST_KEY) return { value: given };
  return problem(400, `Send an Idempotency-Key of 1 to ${MOST_KEY} characters.`);
}

async function answer(app: App, gate: Gate, req: IncomingMessage): Promise<Got<Json>> {
  const path = pathOf(req);
  const matched = match(req.method ?? 'GET', path);
  if ('problem' in matched) return matched;
  const { endpoint, params } = matched.value;
  const query = new URLSearchParams((req.url ?? '').slice(path.length));
  const came = await comeIn(gate, req, endpoint, query.get('sender') ?? undefined);
  if ('problem' in came) return came;
  const { token, body: bytes, signed } = came.value;
  await assertTokenReaches(app.store.read, token, endpoint.scope, []);
  const key = keyOf(req, signed);
  if ('problem' in key) return key;
  const body = bytes === undefined ? { value: undefined } : await parseBody(req, bytes, endpoint.body?.lines);
  if ('problem' in body) return body;
  const caller = { app, token, ...(key.value === undefined ? {} : { key: key.value }) };
  return endpoint.handle({ caller, params, query, body: body.value });
}

/** The HTTP API under `/api/v1/`, and its description. */
export function apiRoutes(app: App, gate: Gate, version: string): Route[] {
  let description: Json | undefined;
  const handle = async (req: IncomingMessage, res: ServerResponse): Promise<void> => {
    try {
      const answered = await answer(app, gate, req);
      if ('problem' in answered) sendProblem(res, answered.problem);
      else sendJson(res, 200, answered.value);
    } catch (error) {
      sendProblem(res, problemOf(error, app.log, pathOf(req)));
    }
  };
  return [
    {
      path: '/api/v1/openapi.json',
      handle: (_req, res) => sendJson(res, 200, (description ??= openApi(version))),
    },
    { path: '/api/v1/', handle },
  ];
}
