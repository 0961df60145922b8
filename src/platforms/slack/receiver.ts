import { HTTPReceiver, LogLevel, type Logger, SocketModeReceiver } from '@slack/bolt';
import { invalid } from '../../errors.ts';
import type { Route } from '../../http/server.ts';
import type { AdapterDeps } from '../platform.ts';
import type { clientOptions } from './client.ts';
import { EVENTS_PATH, createReplays, eventsRoute, isReplay } from './http.ts';

interface ReceiverOptions {
  readonly appToken?: string;
  readonly signingSecret?: string;
}

/** How requests come in: over a connection that we open, or over HTTP. Throws when they could not be verified. */
export function receiverOf(
  options: ReceiverOptions,
  calls: ReturnType<typeof clientOptions>,
  deps: Pick<AdapterDeps, 'wall'>,
  logger: Logger,
): { readonly receiver: HTTPReceiver | SocketModeReceiver; readonly routes: readonly Route[] } {
  if (options.appToken !== undefined && options.appToken !== '') {
    const receiver = new SocketModeReceiver({
      appToken: options.appToken,
      logger,
      logLevel: LogLevel.WARN,
      // See socket.ts.
      autoReconnectEnabled: false,
      installerOptions: { clientOptions: calls },
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
