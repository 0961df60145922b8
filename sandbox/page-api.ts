import type { IncomingMessage, ServerResponse } from 'node:http';
import { z } from 'zod';
import { CoxswainError, invalid } from '../src/errors.ts';
import { readBody } from '../src/http/body.ts';
import { pathOf, type Route, sendJson, sendText } from '../src/http/server.ts';
import { act, offers, pageAction, pageQuestion } from './actions.ts';
import { pageHeaders, refusePost } from './guard.ts';
import type { SandboxHost } from './host.ts';
import type { Live } from './live.ts';
import { parseJson } from './page/shared/json.ts';
import { MOST_BYTES, stage } from './slack/staged.ts';
import type { Person } from './slack/types.ts';
import type { Workspace } from './slack/workspace.ts';
import { snapshot } from './snapshot.ts';
import { clockCommand, type TimeMachine } from './time-machine.ts';

const BODY_LIMIT = 1024 * 1024;

export interface PageApi {
  readonly workspace: Workspace;
  readonly host: SandboxHost;
  readonly machine: TimeMachine;
  readonly live: Live;
  readonly token: string;
}

function personOf({ workspace }: PageApi, id: unknown): Person {
  const people = [...workspace.state.people.values()];
  const person = people.find((p) => p.id === id) ?? people[0];
  if (person === undefined) throw invalid('There is nobody in this workspace.');
  return person;
}

const posts: Readonly<Record<string, (api: PageApi, body: unknown) => Promise<unknown>>> = {
  async act(api, body) {
    const { as } = z.looseObject({ as: z.string() }).parse(body);
    const problem = await act(api.workspace.state, personOf(api, as), pageAction.parse(body));
    return problem === undefined ? { ok: true } : { ok: false, problem };
  },
  async suggest(api, body) {
    const { as } = z.looseObject({ as: z.string() }).parse(body);
    const offered = await offers(api.workspace.state, personOf(api, as), pageQuestion.parse(body));
    return { ok: offered.problem === undefined, ...offered };
  },
  async clock(api, body) {
    await api.machine.run(clockCommand.parse(body));
    return { ok: true };
  },
  async reset(api) {
    await api.machine.stop();
    api.workspace.reset();
    await api.host.reset();
    api.live.send({ kind: 'reset' });
    return { ok: true };
  },
};

/** A file that was chosen in a form, kept until the form is sent. The body is the file itself. */
async function takeFile(api: PageApi, req: IncomingMessage, res: ServerResponse): Promise<void> {
  const query = new URL(req.url ?? '/', 'http://sandbox').searchParams;
  const bytes = await readBody(req, MOST_BYTES);
  if (bytes === undefined) {
    res.setHeader('connection', 'close');
    return sendJson(res, 413, { ok: false, problem: 'The sandbox takes files of at most 8 MB.' });
  }
  const { state } = api.workspace;
  const { id } = stage(state, personOf(api, query.get('as')), query.get('name') ?? 'file', bytes);
  return sendJson(res, 200, { ok: true, id });
}

/** What went wrong, as a sentence for the page. Nothing that was typed is repeated. */
function sentence(error: unknown): string | undefined {
  if (error instanceof CoxswainError) return error.message;
  return error instanceof z.ZodError ? 'The sandbox did not understand this request.' : undefined;
}

async function post(api: PageApi, name: string, req: IncomingMessage, res: ServerResponse): Promise<void> {
  const refused = refusePost(req, api.token);
  if (refused !== undefined) return sendJson(res, 403, { ok: false, problem: refused });
  if (name === 'file') return takeFile(api, req, res);
  const run = Object.hasOwn(posts, name) ? posts[name] : undefined;
  if (run === undefined) return sendText(res, 404, 'There is nothing at this address.\n');
  const body = await readBody(req, BODY_LIMIT);
  if (body === undefined) {
    res.setHeader('connection', 'close');
    return sendJson(res, 413, { ok: false, problem: 'That is too long.' });
  }
  try {
    return sendJson(res, 200, await run(api, parseJson(body.toString('utf8'))));
  } catch (error) {
    const problem = sentence(error);
    if (problem === undefined) throw error;
    return sendJson(res, 200, { ok: false, problem });
  }
}

function get(api: PageApi, name: string, req: IncomingMessage, res: ServerResponse): void {
  const query = new URL(req.url ?? '/', 'http://sandbox').searchParams;
  if (name === 'live') return api.live.connect(req, res);
  if (name !== 'state') return sendText(res, 404, 'There is nothing at this address.\n');
  const look = { at: query.get('at') ?? '', thread: query.get('thread') ?? '' };
  const person = personOf(api, query.get('as'));
  const { workspace, machine, host } = api;
  return sendJson(res, 200, snapshot(workspace.state, person, look, machine.state(), host.commands()));
}

/** Everything the page asks for after it has loaded. */
export function pageApiRoute(api: PageApi): Route {
  return {
    path: '/sandbox/api/',
    handle(req, res) {
      const name = pathOf(req).slice('/sandbox/api/'.length);
      pageHeaders(res);
      res.setHeader('cache-control', 'no-store');
      if (req.method === 'POST') return post(api, name, req, res);
      return req.method === 'GET' ? get(api, name, req, res) : sendText(res, 405, 'Not like this.\n');
    },
  };
}
