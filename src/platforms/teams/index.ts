import type { AdapterDeps, Platform } from '../platform.ts';
import { type Cloud, createAuth } from './auth.ts';
import { createConnector } from './connector.ts';
import { createReceive } from './receive.ts';
import { createRoute } from './route.ts';
import { createSeen } from './seen.ts';
import { createOutbound } from './send.ts';
import type { Desk } from './turn.ts';

export interface TeamsConfig {
  readonly appId?: string;
  readonly appPassword?: string;
  /** Needed for `SingleTenant`; then only this tenant is served. */
  readonly tenantId?: string;
  /** `MultiTenant` (default), `SingleTenant` or `UserAssignedMSI`. */
  readonly appType?: string;
  /** Without an app id: takes unsigned requests from this machine. */
  readonly sandbox?: boolean;
  /** Another key server or token source, for tests and the sandbox. */
  readonly cloud?: Cloud;
}

const SANDBOX_BOT = 'coxswain';

/** Work that outlives its request. `idle` waits for it. */
function createBackground(deps: AdapterDeps) {
  const running = new Set<Promise<void>>();
  return {
    run(what: string, work: () => Promise<unknown>): void {
      const task = work().then(
        () => undefined,
        (error: unknown) => deps.log.warn({ err: error, what }, 'teams: work after an answer failed'),
      );
      running.add(task);
      void task.finally(() => running.delete(task));
    },
    async idle(): Promise<void> {
      while (running.size > 0) await Promise.all(running);
    },
  };
}

/**
 * The Teams adapter. Throws when there is no app id outside the sandbox: botbuilder would then take
 * any unsigned request as genuine.
 */
export function createTeams(config: TeamsConfig, deps: AdapterDeps): Platform {
  const { appId, cloud = {} } = config;
  if (!appId && config.sandbox !== true) {
    throw new Error(
      'Microsoft Teams needs MICROSOFT_APP_ID: without it nobody could tell who sends a request.',
    );
  }
  const auth = createAuth({ ...config, appId: appId ?? '' }, cloud);
  const connector = createConnector({ token: auth.token, wall: deps.wall });
  const background = createBackground(deps);
  const seen = createSeen();
  const desk: Desk = { deps, connector, background: background.run };
  const handle = createReceive(desk);
  const single = config.appType?.toLowerCase() === 'singletenant';
  return {
    kind: 'teams',
    outbound: createOutbound({
      deps,
      connector,
      seen,
      appId: appId ?? SANDBOX_BOT,
      ...(cloud.serviceUrl === undefined ? {} : { serviceUrl: cloud.serviceUrl }),
    }),
    routes: [
      createRoute({
        deps,
        auth,
        background: background.run,
        unsigned: !appId,
        ...(single && config.tenantId !== undefined ? { tenantId: config.tenantId } : {}),
        receive: (activity) => {
          seen.note(activity);
          return handle(activity);
        },
      }),
    ],
    start: () =>
      Promise.resolve(
        config.tenantId === undefined ? undefined : { id: config.tenantId, name: 'Microsoft Teams' },
      ),
    idle: () => background.idle(),
    stop: () => background.idle(),
  };
}
