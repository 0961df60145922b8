import { SocketModeReceiver } from '@slack/bolt';
import { MINUTE } from '../../clock.ts';
import { createBackground } from '../background.ts';
import type { AdapterDeps, Platform } from '../platform.ts';
import { type AccessDeps, type Own, createAccess } from './access.ts';
import { clientOptions, createAnonymous, createClient, createRespond } from './client.ts';
import { BUDGETS, type Budgets, type Connection } from './connection.ts';
import { type OAuth, installRoutes } from './install.ts';
import { slackLogger } from './logger.ts';
import { createModals } from './modals.ts';
import { createPictures } from './pictures.ts';
import { createApp } from './receive.ts';
import { receiverOf } from './receiver.ts';
import { createSeen } from './seen.ts';
import { createOutbound } from './send.ts';
import { createShow } from './show.ts';
import { createSocket } from './socket.ts';
import { createTokenSource } from './tokens.ts';

export { capabilities } from './send.ts';

export interface SlackOptions {
  /** Of the one workspace, or Grid, of this configuration. */
  readonly botToken?: string;
  /** Lets any number of workspaces install the app. */
  readonly oauth?: OAuth;
  /** Needed for HTTP, so always unless there is an app token. */
  readonly signingSecret?: string;
  /** Connects by Socket Mode instead of waiting for HTTP. */
  readonly appToken?: string;
  /** Another server that speaks Slack's Web API, for instance `http://127.0.0.1:4000/api/`. */
  readonly apiUrl?: string;
  /** Cards that Slack cannot carry throw instead of losing something. For tests and the sandbox. */
  readonly strict?: boolean;
  readonly budgets?: Budgets;
}

/** How long an event's id is remembered; Slack's last retry comes after 5 minutes. */
const EVENT_MEMORY = { forMs: 10 * MINUTE, most: 20_000 };

/**
 * Slack: the workspace of the configuration's bot token, those that installed the app by OAuth, or both. Nothing is
 * sent before `start`; throws when requests could not be verified.
 */
export function createSlack(options: SlackOptions, deps: AdapterDeps): Platform {
  const { botToken, oauth, apiUrl, strict = false } = options;
  const log = deps.log.child({ platform: 'slack' });
  const logger = slackLogger(log);
  const modals = createModals(apiUrl);
  const background = createBackground(log);
  const anonymous = createAnonymous(logger, apiUrl);
  let own: Own | undefined =
    botToken === undefined
      ? undefined
      : { token: botToken, tenant: undefined, self: undefined, address: undefined };

  const ended: AccessDeps['ended'] = (tenant, why, until?: number) =>
    deps.inbound.learn('slack', tenant, {
      kind: 'disconnected',
      why,
      ...(until === undefined ? {} : { until }),
    });
  const { installations, wall } = deps;
  const tokens =
    oauth === undefined
      ? undefined
      : createTokenSource({ installations, wall, log, oauth, anonymous, ended });
  const access = createAccess({ apiUrl, logger, log, modals, tokens, ended }, () => own);
  const pictures = createPictures({ ...deps, access: access.of, log });

  const connection: Connection = {
    inbound: deps.inbound,
    wall,
    access: access.of,
    gone: access.gone,
    respond: createRespond(apiUrl, (reason) => log.warn({ reason }, 'Slack did not take a response')),
    show: createShow(deps.names, pictures, strict),
    log,
    budgets: options.budgets ?? BUDGETS,
    events: createSeen(EVENT_MEMORY.most, { wall, forMs: EVENT_MEMORY.forMs }),
    later: background.later,
  };
  const { receiver, routes } = receiverOf(options, clientOptions(logger, apiUrl), deps, logger);
  const socket = receiver instanceof SocketModeReceiver ? createSocket(receiver, { wall, log }) : undefined;
  createApp(connection, { receiver, logger, ...(apiUrl === undefined ? {} : { apiUrl }) });

  return {
    kind: 'slack',
    outbound: createOutbound({ access: access.of, pictures, log, strict }),
    routes:
      oauth === undefined
        ? routes
        : [...routes, ...installRoutes({ oauth, installations, wall, log, logger, anonymous, apiUrl })],
    async start() {
      if (botToken !== undefined) {
        const me = await createClient(botToken, logger, apiUrl).auth.test();
        const tenant = me.is_enterprise_install === true ? me.enterprise_id : me.team_id;
        own = { token: botToken, tenant, self: me.user_id, address: me.url };
        log.info({ team: tenant }, 'connected to Slack');
        await socket?.start();
        return tenant === undefined ? [] : [{ id: tenant, name: me.team ?? tenant }];
      }
      await socket?.start();
      return [];
    },
    idle: () => background.idle(),
    async stop() {
      await socket?.stop();
      await background.idle();
      modals.close();
    },
  };
}
