import { App, type BlockAction, type Receiver, type ViewSubmitAction } from '@slack/bolt';
import type { Logger } from '@slack/bolt';
import { clientOptions } from './client.ts';
import type { Connection } from './connection.ts';
import { createDrafts } from './drafts.ts';
import { FORM_CALLBACK } from './form.ts';
import { onAction } from './on-action.ts';
import { onCommand } from './on-command.ts';
import {
  type Message,
  onDirect,
  onHomeOpened,
  onJoined,
  onLeft,
  onMention,
  onTokensRevoked,
  onUninstalled,
  onUserChange,
} from './on-event.ts';
import { onShortcut } from './on-shortcut.ts';
import { createOnSubmit } from './on-submit.ts';
import { SEARCHED } from './inputs.ts';
import { onSuggest } from './on-suggest.ts';
import { COMMAND } from './scopes.ts';
import type { EventBody } from './tenant.ts';

export interface ReceiveConfig {
  readonly apiUrl?: string;
  readonly receiver: Receiver;
  readonly logger: Logger;
}

/** The listeners, the same for HTTP and Socket Mode. Nothing is asked of Slack before somebody speaks. */
export function createApp(c: Connection, { apiUrl, receiver, logger }: ReceiveConfig): App {
  const app = new App({
    receiver,
    logger,
    clientOptions: clientOptions(logger, apiUrl),
    tokenVerificationEnabled: false,
    // Both would only cost time: what our own bot does is told apart by the listeners, and nothing is stored.
    ignoreSelf: false,
    convoStore: false,
    // Listeners take the client of their tenant themselves, and only where they call Slack: see access.ts.
    authorize: () => Promise.resolve({}),
  });

  app.error((error) => {
    c.log.error({ code: error.code, reason: error.message }, 'a Slack listener failed');
    return Promise.resolve();
  });

  app.use(async ({ context, next, ...args }) => {
    if (context['replayed'] !== true) return next();
    // Events are acknowledged by Bolt itself.
    if ('ack' in args && typeof args.ack === 'function') await args.ack();
    return undefined;
  });

  app.command(COMMAND, ({ command, ack }) => onCommand(c, command, ack));

  const drafts = createDrafts(c);
  app.action<BlockAction>({ type: 'block_actions' }, async ({ body, action, ack }) => {
    await ack();
    if (action.type === 'button') c.later('a press', () => onAction(c, body, action));
    else drafts.chosen(body);
  });

  app.options(SEARCHED, async ({ body, ack }) => ack({ options: await onSuggest(c, body) }));

  const onSubmit = createOnSubmit(c, drafts);
  app.view<ViewSubmitAction>({ callback_id: FORM_CALLBACK, type: 'view_submission' }, ({ body, ack }) =>
    onSubmit(body, ack),
  );

  app.shortcut({ type: 'message_action' }, async ({ shortcut, ack }) => {
    await ack();
    c.later('a shortcut', () => onShortcut(c, shortcut));
  });

  hear(app, c);
  return app;
}

/** Events. Slack sends one again when its acknowledgement was lost: the second time it is passed over. */
function hear(app: App, c: Connection): void {
  const once =
    <E>(work: (c: Connection, event: E, body: EventBody) => Promise<void>) =>
    ({ event, body }: { event: unknown; body: EventBody }): Promise<void> => {
      // Slack's types differ from event to event; each listener names the parts that it reads.
      if (c.events.first(body.event_id)) c.later('an event', () => work(c, event as E, body));
      return Promise.resolve();
    };
  app.event('app_home_opened', once(onHomeOpened));
  app.event('app_mention', once<Message>(onMention));
  app.event('message', once<Message>(onDirect));
  app.event(
    'user_change',
    once<{ user: { id: string; deleted?: boolean; name?: string } }>((c, event, body) =>
      onUserChange(c, event.user, body),
    ),
  );
  app.event('member_joined_channel', once(onJoined));
  app.event('channel_left', once(onLeft));
  app.event('group_left', once(onLeft));
  app.event('app_uninstalled', once(onUninstalled));
  app.event('tokens_revoked', once(onTokensRevoked));
}
