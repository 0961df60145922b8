import type { Reply } from '../src/platforms/platform.ts';
import { type Card, type Element, card } from '../src/ui/card.ts';
import type { Form } from '../src/ui/form.ts';

type CardReply = Extract<Reply, { kind: 'card' }>;

/** Only who asked sees it. */
export const toMe = (shown: Card): CardReply => ({ kind: 'card', card: shown, to: 'me' });
/** Everyone in the place sees it. */
export const toAll = (shown: Card): CardReply => ({ kind: 'card', card: shown, to: 'all' });
export const say = (title: string, ...body: readonly Element[]): CardReply => toMe(card(title, body));
export const openForm = (form: Form): Extract<Reply, { kind: 'form' }> => ({ kind: 'form', form });
