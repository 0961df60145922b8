import { HTTPReceiver, LogLevel, SocketModeReceiver } from '@slack/bolt';
import { MINUTE } from '../../clock.ts';
import { invalid } from '../../errors.ts';
import { createBackground } from '../background.ts';
import type { AdapterDeps, Platform } from '../platform.ts';
import { clientOptions, createClient, createRespond } from './client.ts';
import { BUDGETS, type Budgets, type Connection } from './connection.ts';
import { createReadFile } from './files.ts';
import { EVENTS_PATH, createReplays, eventsRoute, isReplay } from './http.ts';
import { slackLogger } from './logger.ts';
import { createModals } from './modals.ts';
import { createPictures } from './pictures.ts';
import { createApp } from './receive.ts';
import { createSeen } from './seen.ts';
import { createOutbound } from './send.ts';
import { createShow } from './show.ts';

export { capabilities } from './send.ts';

export interface SlackOptions {
  readonly botToken: string;
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

/** One Slack workspace. Nothing is sent before `start`; throws when requests could not be verified. */
export function createSlack(options: SlackOptions, deps: AdapterDeps): Platform {
  const { botToken, apiUrl, strict = false } = options;
  const log = deps.log.child({ platform: 'slack' });
  const logger = slackLogger(log);
  const client = createClient(botToken, logger, apiUrl);
  const modals = createModals(botToken, apiUrl);
  const pictures = createPictures({ ...deps, client, log });
  const background = createBackground(log);
  let self: string | undefined;
  let address: string | undefined;

  const connection: Connection = {
    inbound: deps.inbound,
    wall: deps.wall,
    client,
    openModal: modals.open,
    respond: createRespond(apiUrl, (reason) => log.warn({ reason }, 'Slack did not take a response')),
    readFile: createReadFile({
      client,
      token: botToken,
      ...(apiUrl === undefined ? {} : { apiUrl }),
      failed: (reason) => log.warn({ reason }, 'Slack did not hand a file over'),
    }),
    show: createShow(deps.names, pictures, strict),
    log,
    budgets: options.budgets ?? BUDGETS,
    events: createSeen(EVENT_MEMORY.most, { wall: deps.wall, forMs: EVENT_MEMORY.forMs }),
    self: () => self,
    address: () => address,
    later: background.later,
  };
  const { receiver, routes } = receiverOf(options, deps, logger);
  createApp(connection, { botToken, receiver, logger, ...(apiUrl === undefined ? {} : { apiUrl }) });

  return {
    kind: 'slack',
    outbound: createOutbound({ client, pictures, log, strict, address: () => address }),
    routes,
    async start() {
      const me = await client.auth.test();
      self = me.user_id;
      address = me.url;
      log.info({ team: me.team_id }, 'connected to Slack');
      if (receiver instanceof SocketModeReceiver) await receiver.start();
      return me.team_id === undefined ? [] : [{ id: me.team_id, name: me.team ?? me.team_id }];
    },
    idle: () => background.idle(),
    async stop() {
      if (receiver instanceof SocketModeReceiver) await receiver.stop();
      await background.idle();
      modals.close();
    },
  };
}

function receiverOf(options: SlackOptions, deps: AdapterDeps, logger: ReturnType<typeof slackLogger>) {
  if (options.appToken !== undefined && options.appToken !== '') {
    const receiver = new SocketModeReceiver({
      appToken: options.appToken,
      logger,
      logLevel: LogLevel.WARN,
      installerOptions: { clientOptions: clientOptions(logger, options.apiUrl) },
    });
    return { receiver, routes: [] };
  }
  if (options.signingSecret === undefined || options.signingSecret.trim() === '') {
    throw invalid('Slack needs a signing secret: without it anybody could speak in anybody’s name.', {
      hint: 'SLACK_SIGNING_SECRET=…',
    });
  }
  const replays = createReplays(deps.wall);
  const receiver = new HTTPReceiver({
    signingSecret: options.signingSecret,
    // Checked by our route, which is the only way to this receiver.
    signatureVerification: false,
    endpoints: EVENTS_PATH,
    processBeforeResponse: false,
    logger,
    // Listeners' faults go to the error handler; only bodies that Bolt cannot make sense of end here.
    processEventErrorHandler: ({ error, response }) => {
      logger.warn('a request made no sense:', error.message);
      if (!response.headersSent) response.writeHead(400).end();
      return Promise.resolve(false);
    },
    // Called only after our route has seen that the signature is right.
    customPropertiesExtractor: (req) => ({ replayed: isReplay(replays, req) }),
  });
  return { receiver, routes: [eventsRoute(receiver, options.signingSecret, deps.wall)] };
}
