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
  /** The tenant of the app registration, from which `SingleTenant` and `UserAssignedMSI` get their tokens. */
  readonly tenantId?: string;
  /** Further tenants that are served. */
  readonly tenants?: readonly string[];
  /** Whether a tenant that is not named above is connected. Without it, nobody else is served. */
  readonly serves?: (tenant: string) => Promise<boolean>;
  /** `MultiTenant` (default), `SingleTenant` or `UserAssignedMSI`. */
  readonly appType?: string;
  /** Without an app id: takes unsigned requests from this machine. */
  readonly sandbox?: boolean;
  /** Another key server or token source, for tests and the sandbox. */
  readonly cloud?: Cloud;
}

/** Teams does not tell what a tenant is called; several have to be told apart. */
const nameOf = (tenant: string, listed: readonly string[]): string =>
  listed.length === 1 ? 'Microsoft Teams' : `Microsoft 365 tenant ${tenant.slice(0, 8)}`;

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
  const listed = [options.tenantId ?? [], options.tenants ?? []].flat();
  const serves = async (tenant: string): Promise<boolean> =>
    listed.includes(tenant) || (await options.serves?.(tenant)) === true;
  const handle = createReceive(desk, serves);
  return {
    kind: 'teams',
    outbound: createOutbound({
      deps,
      connector,
      met,
      address,
      appId: appId ?? SANDBOX_BOT,
      ...(cloud.serviceUrl === undefined ? {} : { serviceUrl: cloud.serviceUrl }),
      ...(appId ? { token: auth.token } : {}),
    }),
    routes: [
      createRoute({
        deps,
        auth,
        later: background.later,
        unsigned: !appId,
        receive: (activity) => {
          met.note(activity);
          return handle(activity);
        },
      }),
    ],
    start: () => Promise.resolve(listed.map((id) => ({ id, name: nameOf(id, listed) }))),
    idle: () => background.idle(),
    stop: () => background.idle(),
  };
}
