import { hasThreads, splitThread } from './activity.ts';

/** Where a person opens a message; undefined where Teams has no address for it. */
export type Address = (tenant: string, conversation: string, id: string) => string | undefined;

/** Where people open Teams in a browser. */
const WEB = 'https://teams.microsoft.com';

/**
 * Addresses of messages in channels (learn.microsoft.com, "Deep link to a chat or channel message"). There are none in
 * personal chats: Teams opens no single message of a conversation with a bot.
 */
export const createAddress =
  (web: string = WEB): Address =>
  (tenant, conversation, id) => {
    const { ref, thread } = splitThread(conversation);
    if (!hasThreads(ref)) return undefined;
    const query = new URLSearchParams({ tenantId: tenant, parentMessageId: thread ?? id });
    return `${web}/l/message/${encodeURIComponent(ref)}/${encodeURIComponent(id)}?${query.toString()}`;
  };
