import type { JsonObject } from '../../ui/card.ts';
import type { AdaptiveCard } from './card.ts';

export const CARD_TYPE = 'application/vnd.microsoft.card.adaptive';

export const attachment = (content: AdaptiveCard): JsonObject => ({ contentType: CARD_TYPE, content });

/** A message that is one card. Its summary is what a notification shows. */
export const cardMessage = (content: AdaptiveCard): JsonObject => ({
  type: 'message',
  summary: typeof content['fallbackText'] === 'string' ? content['fallbackText'] : '',
  attachments: [attachment(content)],
});

/** A message in Markdown that we wrote ourselves: nothing in it is escaped. */
export const markdownMessage = (text: string): JsonObject => ({
  type: 'message',
  textFormat: 'markdown',
  text: text.toWellFormed(),
});

/** A message that is one sentence. */
export const textMessage = (text: string): JsonObject => ({
  type: 'message',
  textFormat: 'plain',
  text: text.toWellFormed(),
});
