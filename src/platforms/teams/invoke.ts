import type { JsonObject } from '../../ui/card.ts';
import type { AdaptiveCard } from './card.ts';
import { CARD_TYPE, attachment } from './message.ts';

/** What an invoke is answered with over HTTP. Without a body a dialog closes. */
export interface InvokeAnswer {
  readonly status: number;
  readonly body?: JsonObject;
}

const ok = (body: JsonObject): InvokeAnswer => ({ status: 200, body });

/** The card of the pressed button becomes this one, for who pressed it. */
export const showCard = (card: AdaptiveCard): InvokeAnswer =>
  ok({ statusCode: 200, type: CARD_TYPE, value: card });

/** A sentence for who pressed. */
export const showSentence = (text: string): InvokeAnswer =>
  ok({ statusCode: 200, type: 'application/vnd.microsoft.activity.message', value: text });

/** An Action.Execute that we did not make. */
export const badAction = (text: string): InvokeAnswer =>
  ok({
    statusCode: 400,
    type: 'application/vnd.microsoft.error',
    value: { code: 'BadRequest', message: text },
  });

export const openDialog = (title: string, card: AdaptiveCard): InvokeAnswer =>
  ok({
    task: { type: 'continue', value: { title, height: 'large', width: 'medium', card: attachment(card) } },
  });

export const dialogSentence = (text: string): InvokeAnswer => ok({ task: { type: 'message', value: text } });

/** What a search field offers for what was typed. */
export const searchResults = (results: readonly JsonObject[]): InvokeAnswer =>
  ok({ statusCode: 200, type: 'application/vnd.microsoft.search.searchResponse', value: { results } });

export const closeDialog: InvokeAnswer = { status: 200 };
export const notImplemented: InvokeAnswer = { status: 501 };
