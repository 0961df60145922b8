import type { Reply } from '../src/platforms/platform.ts';
import type { Answer } from './command.ts';
import type { Args } from './form.ts';
import { type Card, type Element, card } from '../src/ui/card.ts';

type CardReply = Extract<Reply, { kind: 'card' }>;

/** Only who asked sees it. */
export const toMe = (shown: Card): CardReply => ({ kind: 'card', card: shown, to: 'me' });
/** Everyone in the place sees it. */
export const toAll = (shown: Card): CardReply => ({ kind: 'card', card: shown, to: 'all' });
export const say = (title: string, ...body: readonly Element[]): CardReply => toMe(card(title, body));
/** Opens a registered form, with what is known already filled in. */
export const openForm = (form: string, args: Args): Extract<Answer, { kind: 'open' }> => ({
  kind: 'open',
  form,
  args,
});
