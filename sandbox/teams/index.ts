import { type Route, pathOf } from '../../src/http/server.ts';
import { loopbackOnly, newToken } from '../guard.ts';
import { sendAsset } from './assets.ts';
import { type TeamsClient, createClient } from './client.ts';
import { createPageApi } from './page-api.ts';
import { type Call, type Fault, createRest } from './rest.ts';
import {
  type SandboxChannel,
  type SandboxChat,
  type SandboxPerson,
  TENANT,
  type Workspace,
  createWorkspace,
} from './workspace.ts';

export type { Call, Fault } from './rest.ts';
export type { TeamsClient } from './client.ts';
export {
  BOT,
  type Workspace,
  TENANT,
  accountId,
  channelConversation,
  chatConversation,
  directoryId,
  personalConversation,
} from './workspace.ts';

export interface TeamsSandboxConfig {
  readonly people: readonly SandboxPerson[];
  readonly channels: readonly SandboxChannel[];
  readonly chats?: readonly SandboxChat[];
  /** Address of the one server, e.g. `http://127.0.0.1:3000`; asked when it is needed, because it listens later. */
  readonly baseUrl: () => string;
  /** Another tenant than the sandbox's own. */
  readonly tenant?: string;
  /** Where the bot listens, when that is not `baseUrl`. */
  readonly botUrl?: () => string;
  /** Authorization header for what is sent to the bot, when it has an app id. */
  readonly authorization?: (serviceUrl: string) => Promise<string>;
}

export interface TeamsSandbox {
  /** `/sandbox/teams/`: the page, what it asks for, and under `v3/` the Bot Connector service. */
  readonly routes: readonly Route[];
  readonly connector: {
    readonly workspace: Workspace;
    /** Every call of the bot so far, newest last. */
    readonly calls: readonly Call[];
    /** The next calls that match get these faults, in order. Without a match, any call does. */
    fail(faults: readonly Fault[], matches?: (call: Call) => boolean): void;
  };
  readonly client: TeamsClient;
  /** What the bot names as the place to answer to; give it to `createTeams` as `cloud.serviceUrl`. */
  readonly serviceUrl: () => string;
}

const PREFIX = '/sandbox/teams/';
const MOST_CALLS = 1000;

/**
 * A Teams workspace in memory. Wiring: put `routes` before others, `createTeams({ sandbox: true, cloud: { serviceUrl } })`,
 * and call `client.install()` once the server listens, so that every chat and channel is known.
 */
export function createTeamsSandbox(config: TeamsSandboxConfig): TeamsSandbox {
  const workspace = createWorkspace(config.people, config.channels, config.chats);
  const serviceUrl = () => `${config.baseUrl()}${PREFIX.slice(0, -1)}`;
  const tenant = config.tenant ?? TENANT;
  const client = createClient({
    workspace,
    serviceUrl,
    tenant,
    botUrl: () => `${(config.botUrl ?? config.baseUrl)()}/api/messages`,
    ...(config.authorization === undefined ? {} : { authorization: config.authorization }),
  });

  const calls: Call[] = [];
  const waiting: { readonly fault: Fault; readonly matches: (call: Call) => boolean }[] = [];
  const rest = createRest(workspace, {
    next(call) {
      calls.push(call);
      if (calls.length > MOST_CALLS) calls.shift();
      const at = waiting.findIndex(({ matches }) => matches(call));
      return at === -1 ? undefined : waiting.splice(at, 1)[0]?.fault;
    },
    tenant,
  });
  const token = newToken();
  const api = createPageApi(workspace, client, token);

  const route: Route = {
    path: PREFIX,
    async handle(req, res) {
      const name = pathOf(req).slice(PREFIX.length);
      const [, version] = /^(v[13])\//.exec(name) ?? [];
      if (version !== undefined) return rest(req, res, `${PREFIX}${version}/`);
      if (name.startsWith('api/')) return api(req, res, name.slice('api/'.length));
      // The address of a message, as the adapter makes it: the page follows what stands behind the #.
      if (name.startsWith('l/message/'))
        return void res.writeHead(302, { location: `${PREFIX}#${name.slice('l/message/'.length)}` }).end();
      return sendAsset(res, name, token);
    },
  };
  /** The page asks for its parts beside itself, which needs the slash. */
  const bare: Route = {
    path: PREFIX.slice(0, -1),
    handle: (_req, res) => void res.writeHead(308, { location: PREFIX }).end(),
  };
  return {
    routes: [bare, route].map(loopbackOnly),
    connector: {
      workspace,
      calls,
      fail: (faults, matches = () => true) =>
        void waiting.push(...faults.map((fault) => ({ fault, matches }))),
    },
    client,
    serviceUrl,
  };
}
