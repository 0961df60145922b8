import { App, HTTPReceiver, LogLevel } from '@slack/bolt';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createHttpServer, type Route } from '../../src/http/server.ts';
import { silentLog } from '../../src/log.ts';
import { createWorkspace, type Workspace } from '../../sandbox/slack/workspace.ts';
import type { WorkspaceSetup } from '../../sandbox/slack/types.ts';

/** Five people, two channels; the bot is in both. */
export const setup = {
  team: { id: 'T0HARBOUR', name: 'Harbour Insurance' },
  people: [
    {
      id: 'U0ANA',
      name: 'Ana Silva',
      email: 'ana@harbour.example',
      zone: 'Europe/Lisbon',
      handle: 'ana',
      title: 'AI governance lead',
    },
    {
      id: 'U0BEN',
      name: 'Ben Okafor',
      email: 'ben@harbour.example',
      zone: 'Europe/Berlin',
      handle: 'ben',
      title: 'Head of claims',
    },
    {
      id: 'U0CHIYO',
      name: 'Chiyo Tanaka',
      email: 'chiyo@harbour.example',
      zone: 'Asia/Tokyo',
      handle: 'chiyo',
      title: 'Platform lead',
    },
    {
      id: 'U0DEV',
      name: 'Dev Patel',
      email: 'dev@harbour.example',
      zone: 'Europe/London',
      handle: 'dev',
      title: 'Operations',
    },
    {
      id: 'U0EVE',
      name: 'Eve Martin',
      email: 'eve@harbour.example',
      zone: 'America/New_York',
      handle: 'eve',
      title: 'COO',
    },
  ],
  channels: [
    {
      id: 'C0CLAIMS',
      name: 'claims',
      members: ['U0ANA', 'U0BEN', 'U0CHIYO', 'U0DEV', 'U0EVE'],
      topic: 'AI in claims handling',
    },
    {
      id: 'C0GOV',
      name: 'ai-governance',
      members: ['U0ANA', 'U0CHIYO', 'U0EVE'],
      topic: 'Decisions and reviews',
    },
  ],
  botUserId: 'U0COX',
  botToken: 'sandbox-token',
  signingSecret: 'sandbox-signing-secret',
} as const;

export interface StandIn {
  readonly workspace: Workspace;
  readonly app: App;
  readonly origin: string;
  /** Add more to the server after it listens. */
  readonly routes: Route[];
  stop(): Promise<void>;
}

interface Served {
  readonly workspace: Workspace;
  readonly routes: readonly Route[];
}

const createWorkspaceOnly = (setup: WorkspaceSetup): Served => {
  const workspace = createWorkspace(setup);
  return { workspace, routes: workspace.routes };
};

export const onlyAcknowledge = (app: App): void => app.command('/pilot', ({ ack }) => ack());

/**
 * A workspace, and a bot made of Bolt itself, on one port. `settle` is real: it waits for every listener that
 * Bolt has started.
 */
export async function startStandIn(
  register: (app: App) => void,
  more: Partial<WorkspaceSetup> = {},
  make: (setup: WorkspaceSetup) => Served = createWorkspaceOnly,
): Promise<StandIn> {
  const routes: Route[] = [];
  const server: Server = createHttpServer(routes, silentLog);
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const running = new Set<Promise<void>>();
  const settle = async () => {
    while (running.size > 0) await Promise.allSettled(running);
  };
  const { workspace, routes: served } = make({
    ...setup,
    eventsUrl: `${origin}/slack/events`,
    settle,
    patienceMs: 200,
    ...more,
  });
  const receiver = new HTTPReceiver({ signingSecret: setup.signingSecret, logLevel: LogLevel.ERROR });
  const clientOptions = { slackApiUrl: workspace.apiUrl(), retryConfig: { retries: 0 } };
  const me = { botToken: setup.botToken, botId: 'B0COX', botUserId: setup.botUserId };
  const app = new App({ authorize: async () => me, receiver, clientOptions, logLevel: LogLevel.ERROR });
  const process = app.processEvent.bind(app);
  app.processEvent = (event) => {
    const work = process(event).finally(() => running.delete(work));
    running.add(work);
    return work;
  };
  register(app);
  routes.push(...served, {
    path: '/slack/events',
    handle: (req, res) => receiver.requestListener(req, res),
  });
  return {
    workspace,
    app,
    origin,
    routes,
    stop: async () => {
      server.closeAllConnections();
      await new Promise<void>((closed) => server.close(() => closed()));
    },
  };
}
