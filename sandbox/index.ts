import { type Wall, wall as realWall } from '../src/clock.ts';
import type { Route } from '../src/http/server.ts';
import { SHORTCUTS as OFFERED } from '../src/platforms/shortcuts.ts';
import { assetRoutes } from './assets.ts';
import { loopbackOnly, newToken } from './guard.ts';
import type { SandboxHost } from './host.ts';
import { createLive } from './live.ts';
import { pageApiRoute } from './page-api.ts';
import { createWorkspace, type Workspace } from './slack/workspace.ts';
import type { WorkspaceSetup } from './slack/types.ts';
import { createTimeMachine } from './time-machine.ts';

export type { CommandHelp, SandboxHost } from './host.ts';
export type { WorkspaceSetup } from './slack/types.ts';

export interface Sandbox {
  /** The page at `/sandbox`, its API, and the Slack-compatible server under `/sandbox/slack/`. */
  readonly routes: readonly Route[];
  readonly workspace: Workspace;
  /** Where the bot's WebClient finds this workspace. */
  apiUrl(): string;
  /** Stops the clock and lets go of open pages, so that the server can close. */
  stop(): Promise<void>;
}

/** What the app's manifest offers on every message. */
const SHORTCUTS = OFFERED.map(({ label, id }) => ({ label, callbackId: id }));

/** A chat workspace in this process, with its page. Answers on loopback names only. */
export function createSandbox(options: {
  readonly workspace: Omit<WorkspaceSetup, 'clock'>;
  readonly host: SandboxHost;
  readonly wall?: Wall;
}): Sandbox {
  const { host } = options;
  const wall = options.wall ?? realWall;
  const clock = { now: () => host.now() };
  const workspace = createWorkspace({ shortcuts: SHORTCUTS, ...options.workspace, wall, clock });
  const live = createLive();
  const machine = createTimeMachine(host, wall, () => live.send({ kind: 'clock' }));
  workspace.subscribe((change) => live.send({ kind: change.kind }));
  const token = newToken();
  const api = pageApiRoute({ workspace, host, machine, live, token });
  return {
    routes: [...workspace.routes, ...assetRoutes(token), api].map(loopbackOnly),
    workspace,
    apiUrl: workspace.apiUrl,
    async stop() {
      await machine.stop();
      live.close();
    },
  };
}
