import type { IncomingMessage, ServerResponse } from 'node:http';
import { tooLarge } from '../../src/http/body.ts';
import { pathOf, type Route, sendJson, sendText } from '../../src/http/server.ts';
import { type Parsed, readArgs, readUpload } from './body.ts';
import type { Fault } from './faults.ts';
import { answerHook } from './hooks.ts';
import { type Obj, text } from '../page/shared/json.ts';
import { chat } from './methods/chat.ts';
import { conversations } from './methods/conversations.ts';
import { files } from './methods/files.ts';
import type { Answer, Method } from './methods/method.ts';
import { people } from './methods/people.ts';
import { views } from './methods/views.ts';
import { PRIVATE_PATH } from './shapes.ts';
import { keep, originOf, type State } from './state.ts';

export const API_PATH = '/sandbox/slack/api/';

const METHODS: Readonly<Record<string, Method>> = {
  ...chat,
  ...conversations,
  ...files,
  ...people,
  ...views,
};
export const methodNames: readonly string[] = Object.keys(METHODS);

function tokenOf(req: IncomingMessage, args: Obj): string {
  const header = req.headers.authorization ?? '';
  return header.startsWith('Bearer ') ? header.slice(7).trim() : text(args['token']);
}

const problemOf = ({ setup }: State, token: string): string | undefined =>
  setup.admits === undefined ? (token === setup.botToken ? undefined : 'invalid_auth') : setup.admits(token);

function refusal(state: State, name: string, token: string): Answer | undefined {
  if (token === '') return { error: 'not_authed' };
  const problem = problemOf(state, token);
  if (problem !== undefined) return { error: problem };
  const method = METHODS[name];
  if (method === undefined) return { error: 'unknown_method', more: { req_method: name } };
  const granted = state.setup.scopes;
  if (granted === undefined || method.scopes.length === 0 || method.scopes.some((s) => granted.includes(s)))
    return undefined;
  return { error: 'missing_scope', more: { needed: method.scopes.join(','), provided: granted.join(',') } };
}

function run(state: State, name: string, parsed: Parsed, token: string): Answer {
  const refused = refusal(state, name, token);
  const method = METHODS[name];
  if (refused !== undefined || method === undefined) return refused ?? { error: 'unknown_method' };
  return method.run(state, parsed.json && !method.json ? parsed.query : parsed.args);
}

function send(state: State, res: ServerResponse, answer: Answer): void {
  const { scopes } = state.setup;
  // Without a list everything is granted, and nobody could tell by which name.
  if (scopes !== undefined) res.setHeader('x-oauth-scopes', scopes.join(','));
  sendJson(
    res,
    200,
    'ok' in answer ? { ok: true, ...answer.ok } : { ok: false, error: answer.error, ...answer.more },
  );
}

/** Does what the fault says; true when the call has been dealt with and must have no effect. */
async function before(fault: Fault | undefined, state: State, res: ServerResponse): Promise<boolean> {
  if (fault === undefined) return false;
  switch (fault.kind) {
    case '429':
      res.setHeader('retry-after', String(fault.retryAfter));
      sendJson(res, 429, { ok: false, error: 'ratelimited' });
      return true;
    case '500':
    case '503':
      sendText(res, Number(fault.kind), 'Server error\n');
      return true;
    case 'error':
      sendJson(res, 200, { ok: false, error: fault.error });
      return true;
    case 'garbage':
      sendText(res, 200, '<html>');
      return true;
    case 'reset_before_accept':
      res.socket?.destroy();
      return true;
    case 'hang':
      return true;
    case 'slow':
      await state.wall.sleep(fault.ms);
      return false;
    case 'hold':
      await fault.until;
      return false;
    case 'reset_after_accept':
    case 'hang_after_accept':
      return false;
    default:
      return fault satisfies never;
  }
}

export async function call(
  state: State,
  name: string,
  req: IncomingMessage,
  res: ServerResponse,
): Promise<void> {
  const parsed = await readArgs(req);
  if (parsed === 'too_large') return tooLarge(res);
  if (parsed === 'broken') return send(state, res, { error: 'invalid_json' });
  const fault = state.faults.take(name);
  const { token: _, ...args } = parsed.args;
  const entry = { method: name, args, at: state.wall.now() };
  if (await before(fault, state, res)) return keep(state.calls, { ...entry, answer: fault?.kind ?? 'fault' });
  const answer = run(state, name, parsed, tokenOf(req, parsed.args));
  keep(state.calls, { ...entry, answer: 'ok' in answer ? 'ok' : answer.error });
  if (fault?.kind === 'reset_after_accept') return void res.socket?.destroy();
  return fault?.kind === 'hang_after_accept' ? undefined : send(state, res, answer);
}

async function upload(state: State, req: IncomingMessage, res: ServerResponse): Promise<void> {
  const [id = '', key = ''] = pathOf(req).split('/').slice(-2);
  const file = state.files.get(id);
  const bytes = await readUpload(req);
  if (file === undefined || file.upload.key !== key) return sendText(res, 404, 'No such upload\n');
  if (bytes === undefined || bytes.length !== file.upload.length) return sendText(res, 400, 'Wrong length\n');
  state.files.set(id, { ...file, bytes });
  return sendText(res, 200, `OK - ${bytes.length}`);
}

/** Files for the bot: as at Slack, whoever comes without its token is sent to a page for logging in. */
function downloadPrivate(state: State, req: IncomingMessage, res: ServerResponse): void {
  const { scopes } = state.setup;
  const granted = scopes === undefined || scopes.includes('files:read');
  if (granted && problemOf(state, tokenOf(req, {})) === undefined) return download(state, req, res);
  res.writeHead(302, { location: `${originOf(state)}/sandbox` }).end();
}

/** Files for the page. Pictures are shown; anything else is only ever downloaded. */
function download(state: State, req: IncomingMessage, res: ServerResponse): void {
  const [id = ''] = pathOf(req).split('/').slice(-2);
  const file = state.files.get(id);
  if (file?.complete !== true) return sendText(res, 404, 'No such file\n');
  const shown = file.mime.startsWith('image/');
  res.writeHead(200, {
    'content-type': file.mime,
    'content-length': file.bytes.length,
    'content-disposition': shown ? 'inline' : 'attachment',
    'x-content-type-options': 'nosniff',
    'cache-control': 'private, max-age=31536000, immutable',
  });
  res.end(file.bytes);
}

/** The Web API, uploads, files and response_urls of the workspace. */
export function apiRoutes(state: State): Route[] {
  return [
    { path: API_PATH, handle: (req, res) => call(state, pathOf(req).slice(API_PATH.length), req, res) },
    { path: '/sandbox/slack/upload/', handle: (req, res) => upload(state, req, res) },
    { path: '/sandbox/slack/files/', handle: (req, res) => download(state, req, res) },
    { path: PRIVATE_PATH, handle: (req, res) => downloadPrivate(state, req, res) },
    { path: '/sandbox/slack/hooks/', handle: (req, res) => answerHook(state, req, res) },
  ];
}
