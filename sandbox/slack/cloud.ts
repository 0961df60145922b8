import type { IncomingMessage, ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { pathOf, type Route, sendJson, sendText } from '../../src/http/server.ts';
import { type Obj, text } from '../page/shared/json.ts';
import { API_PATH, call } from './api.ts';
import { readArgs } from './body.ts';
import { type Ack, deliverEvent } from './deliver.ts';
import { createFaults, type Faults } from './faults.ts';
import { type Grant, createGrants } from './grants.ts';
import { answerHook } from './hooks.ts';
import { event } from './payloads.ts';
import { appId, type State } from './state.ts';
import type { WorkspaceSetup } from './types.ts';
import { createWorkspace, type Workspace } from './workspace.ts';

type Setup = Omit<WorkspaceSetup, 'botToken' | 'signingSecret' | 'eventsUrl' | 'origin' | 'wall' | 'whole'>;

export interface CloudSetup {
  readonly clientId: string;
  readonly clientSecret: string;
  readonly signingSecret: string;
  readonly eventsUrl: string | (() => string);
  readonly origin: () => string;
  readonly wall: NonNullable<WorkspaceSetup['wall']>;
  readonly workspaces: readonly Setup[];
  /** Seconds that access tokens live; undefined without token rotation. */
  readonly expiresIn?: number;
}

/** Several workspaces in which one app can be installed by OAuth, behind one Web API. */
export interface Cloud {
  readonly routes: readonly Route[];
  apiUrl(): string;
  workspace(team: string): Workspace;
  /** Calls of `oauth.v2.access`, oldest first: what they gave, or Slack's error. */
  readonly exchanges: readonly string[];
  /** Of `oauth.v2.access`. */
  readonly faults: Faults;
  /** Takes the tokens of a workspace or Grid back; says so unless it is told not to. */
  uninstall(team: string, how?: 'app_uninstalled' | 'tokens_revoked' | 'silently'): Promise<Ack | undefined>;
}

const AUTHORIZE_PATH = '/sandbox/slack/oauth/v2/authorize';

export function createCloud(setup: CloudSetup): Cloud {
  const { clientId, clientSecret, origin, wall } = setup;
  const grants = createGrants(wall, setup.expiresIn);
  const faults = createFaults();
  const exchanges: string[] = [];
  const whole = new Set<string>();
  const workspaces = new Map<string, Workspace>(
    setup.workspaces.map((one) => [
      one.team.id,
      createWorkspace({
        ...one,
        botToken: '',
        signingSecret: setup.signingSecret,
        eventsUrl: setup.eventsUrl,
        origin,
        wall,
        admits: (token) =>
          grants.problem(token) ?? (grants.teamsOf(token).includes(one.team.id) ? undefined : 'invalid_auth'),
        whole: () => one.enterprise !== undefined && whole.has(one.enterprise.id),
      }),
    ]),
  );
  const workspace = (team: string): Workspace => {
    const found = workspaces.get(team);
    if (found === undefined) throw new Error(`There is no workspace ${team}.`);
    return found;
  };
  const states = (): State[] => [...workspaces.values()].map(({ state }) => state);

  /** Somebody allows the installation. `team` says where, `as` who; `org` for the whole Grid, `deny` does not. */
  function authorize(req: IncomingMessage, res: ServerResponse): void {
    const { searchParams: asked } = new URL(req.url ?? '/', 'http://sandbox');
    const redirect = asked.get('redirect_uri') ?? '';
    if (asked.get('client_id') !== clientId || !URL.canParse(redirect))
      return sendText(res, 400, 'invalid_client_id');
    const back = new URL(redirect);
    back.searchParams.set('state', asked.get('state') ?? '');
    if (asked.has('deny')) back.searchParams.set('error', 'access_denied');
    else back.searchParams.set('code', grants.code(grantOf(asked), redirect));
    res.writeHead(302, { location: back.href }).end();
    return undefined;
  }

  function grantOf(asked: URLSearchParams): Grant {
    const { enterprise, team, people } = workspace(asked.get('team') ?? '').state.setup;
    const by = asked.get('as') ?? people[0]?.id ?? '';
    if (!asked.has('org') || enterprise === undefined) return { tenant: team.id, teams: [team.id], by };
    const all = setup.workspaces.filter((one) => one.enterprise?.id === enterprise.id);
    return { tenant: enterprise.id, teams: all.map((one) => one.team.id), by };
  }

  function exchange(args: Obj): Obj {
    if (text(args['client_id']) !== clientId) return { error: 'invalid_client_id' };
    if (text(args['client_secret']) !== clientSecret) return { error: 'bad_client_secret' };
    if (text(args['grant_type']) === 'refresh_token') {
      const renewed = grants.renew(text(args['refresh_token']));
      return typeof renewed === 'string' ? { error: renewed } : answerOf(renewed.grant, renewed.pair);
    }
    const grant = grants.redeem(text(args['code']), text(args['redirect_uri']));
    if (typeof grant === 'string') return { error: grant };
    if (grant.tenant !== grant.teams[0]) whole.add(grant.tenant);
    return answerOf(grant, grants.issue(grant));
  }

  function answerOf(grant: Grant, { access, refresh }: ReturnType<typeof grants.issue>): Obj {
    const { setup: there, ...state } = workspace(grant.teams[0] ?? '').state;
    const isWhole = grant.tenant !== there.team.id;
    return {
      access_token: access,
      token_type: 'bot',
      scope: (there.scopes ?? []).join(','),
      bot_user_id: there.botUserId,
      app_id: appId({ setup: there, ...state }),
      team: isWhole ? null : there.team,
      enterprise: there.enterprise ?? null,
      is_enterprise_install: isWhole,
      authed_user: { id: grant.by },
      ...(refresh === undefined ? {} : { refresh_token: refresh, expires_in: setup.expiresIn }),
    };
  }

  async function oauth(req: IncomingMessage, res: ServerResponse): Promise<void> {
    const parsed = await readArgs(req);
    const fault = faults.take('oauth.v2.access');
    if (fault?.kind === 'hold') await fault.until;
    if (fault?.kind === 'reset_before_accept') return void res.socket?.destroy();
    const answer = typeof parsed === 'string' ? { error: 'invalid_arguments' } : exchange(parsed.args);
    exchanges.push('error' in answer ? String(answer['error']) : 'ok');
    if (fault?.kind === 'reset_after_accept') return void res.socket?.destroy();
    return sendJson(res, 200, { ok: !('error' in answer), ...answer });
  }

  /** Calls name no workspace: of those that the token reaches, the one that knows the channel, person or trigger. */
  async function api(req: IncomingMessage, res: ServerResponse): Promise<void> {
    const name = pathOf(req).slice(API_PATH.length);
    if (name === 'oauth.v2.access') return oauth(req, res);
    const token = (req.headers.authorization ?? '').replace(/^Bearer /, '');
    const reached = states().filter(({ setup: { team } }) => grants.teamsOf(token).includes(team.id));
    const [first] = reached.length > 0 ? reached : states();
    if (reached.length < 2) return call(first!, name, req, res);
    const chunks: Buffer[] = [];
    for await (const chunk of req) chunks.push(chunk as Buffer);
    const body = Buffer.concat(chunks).toString();
    const named = (ids: (state: State) => Iterable<string>) =>
      reached.find((state) => [...ids(state)].some((id) => body.includes(id)));
    // People are the same in all of a Grid; conversations and triggers are of one workspace.
    const owner = named((state) => state.channels.keys()) ?? named((state) => state.triggers.keys());
    // Guarantee of the cast: `call` reads the body, the headers and the address, and nothing else.
    const again = Object.assign(Readable.from([Buffer.from(body)]), { headers: req.headers, url: req.url });
    return call(owner ?? first!, name, again as unknown as IncomingMessage, res);
  }

  return {
    routes: [
      { path: API_PATH, handle: api },
      { path: AUTHORIZE_PATH, handle: authorize },
      {
        path: '/sandbox/slack/hooks/',
        handle: (req, res) => {
          const owner = states().find((state) => state.hooks.has(pathOf(req)));
          return owner === undefined ? sendText(res, 404, 'no_active_hooks') : answerHook(owner, req, res);
        },
      },
    ],
    apiUrl: () => `${origin()}${API_PATH}`,
    workspace,
    exchanges,
    faults,
    async uninstall(team, how = 'app_uninstalled') {
      const { state } = workspace(team);
      const { enterprise, botUserId } = state.setup;
      const inGrid = enterprise !== undefined && whole.has(enterprise.id);
      grants.revoke(inGrid ? enterprise.id : team);
      if (how === 'silently') return undefined;
      const tokens = how === 'tokens_revoked' ? { tokens: { oauth: [], bot: [botUserId] } } : {};
      return deliverEvent(state, event(state, { type: how, ...tokens }));
    },
  };
}
