import { createBackground } from '../background.ts';
import type { AdapterDeps, Platform } from '../platform.ts';
import { createAddress } from './address.ts';
import { type Cloud, createAuth } from './auth.ts';
import { createConnector } from './connector.ts';
import { createMet } from './met.ts';
import { createReceive } from './receive.ts';
import { createRoute } from './route.ts';
import { createOutbound } from './send.ts';
import type { Desk } from './turn.ts';

export interface TeamsOptions {
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

/**
 * The Teams adapter. Throws when there is no app id outside the sandbox: botbuilder would then take
 * any unsigned request as genuine.
 */
export function createTeams(options: TeamsOptions, deps: AdapterDeps): Platform {
  const { appId, cloud = {} } = options;
  if (!appId && options.sandbox !== true) {
    throw new Error(
      'Microsoft Teams needs MICROSOFT_APP_ID: without it nobody could tell who sends a request.',
    );
  }
  const auth = createAuth({ ...options, appId: appId ?? '' }, cloud);
  const connector = createConnector({ token: auth.token, wall: deps.wall });
  const background = createBackground(deps.log.child({ platform: 'teams' }));
  const met = createMet();
  const address = createAddress(cloud.webUrl);
  const desk: Desk = { deps, connector, address, later: background.later };
  const handle = createReceive(desk);
  const single = options.appType?.toLowerCase() === 'singletenant';
  return {
    kind: 'teams',
    outbound: createOutbound({
      deps,
      connector,
      met,
      address,
      appId: appId ?? SANDBOX_BOT,
      ...(cloud.serviceUrl === undefined ? {} : { serviceUrl: cloud.serviceUrl }),
    }),
    routes: [
      createRoute({
        deps,
        auth,
        later: background.later,
        unsigned: !appId,
        ...(single && options.tenantId !== undefined ? { tenantId: options.tenantId } : {}),
        receive: (activity) => {
          met.note(activity);
          return handle(activity);
        },
      }),
    ],
    start: () =>
      Promise.resolve(
        options.tenantId === undefined ? [] : [{ id: options.tenantId, name: 'Microsoft Teams' }],
      ),
    idle: () => background.idle(),
    stop: () => background.idle(),
  };
}
