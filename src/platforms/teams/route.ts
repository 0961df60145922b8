import type { IncomingMessage, ServerResponse } from 'node:http';
import { readBody, tooLarge } from '../../http/body.ts';
import { isLoopbackName, isLoopbackRequest } from '../../http/loopback.ts';
import { type Route, sendJson, sendText } from '../../http/server.ts';
import type { Later } from '../background.ts';
import type { AdapterDeps } from '../platform.ts';
import { LATE, within } from '../race.ts';
import { type TeamsActivity, activitySchema } from './activity.ts';
import type { Auth } from './auth.ts';
import type { InvokeAnswer } from './invoke.ts';
import type { Receive } from './receive.ts';

/** Teams sends at most some 100 KB; a form's answers and a card's data fit well into this. */
const BODY_LIMIT = 256 * 1024;

/** After this Teams is told that the message arrived, and the work goes on; it gives up after 15 s. */
const RELEASE_MS = 10_000;

export interface RouteConfig {
  readonly deps: AdapterDeps;
  readonly auth: Auth;
  readonly receive: Receive;
  readonly later: Later;
  /** Unsigned requests are taken, from this machine only. */
  readonly unsigned: boolean;
}

/**
 * Without signatures only a program of this machine may speak, and answers may only go to this machine. A page of
 * another site can make the browser post here, but not without an Origin, and not under a name of this machine.
 */
const isLocal = (req: IncomingMessage, activity: TeamsActivity): boolean =>
  isLoopbackRequest(req) &&
  req.headers.origin === undefined &&
  isLoopbackName(new URL(activity.serviceUrl).hostname);

function parse(body: Buffer): TeamsActivity | undefined {
  try {
    return activitySchema.safeParse(JSON.parse(body.toString('utf8'))).data;
  } catch {
    return undefined;
  }
}

function finish(res: ServerResponse, answer: InvokeAnswer | undefined): void {
  if (answer?.body !== undefined) return sendJson(res, answer.status, answer.body);
  if (!res.headersSent) res.writeHead(answer?.status ?? 200).end();
}

/** `POST /api/messages`: the one door from Teams. */
export function createRoute(config: RouteConfig): Route {
  const { deps, auth, receive } = config;

  async function admitted(req: IncomingMessage, res: ServerResponse, activity: TeamsActivity): Promise<void> {
    if (config.unsigned && !isLocal(req, activity))
      return sendText(res, 403, 'Only this machine may do that.\n');
    const admission = await auth.admit(activity, req.headers.authorization ?? '');
    if (!admission.ok) {
      deps.log.warn({ status: admission.status, reason: admission.reason }, 'teams request refused');
      return sendText(res, admission.status, 'This request is not from Microsoft Teams.\n');
    }
    let answer: InvokeAnswer | undefined;
    const turn = admission.run(async () => {
      answer = await receive(activity);
    });
    if ((await within(deps.wall, RELEASE_MS, turn)) === LATE) config.later('turn', () => turn);
    finish(res, answer);
  }

  return {
    path: '/api/messages',
    async handle(req, res) {
      if (req.method !== 'POST') return sendText(res, 405, 'Teams posts here.\n');
      const body = await readBody(req, BODY_LIMIT);
      if (body === undefined) return tooLarge(res);
      const activity = parse(body);
      if (activity === undefined) return sendText(res, 400, 'That is not an activity of Microsoft Teams.\n');
      return admitted(req, res, activity);
    },
  };
}
