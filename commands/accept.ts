import { perform } from '../src/actions/perform.ts';
import { acceptSeat } from '../src/actions/seat/index.ts';
import { conflict } from '../src/errors.ts';
import { type MyDay, loadMyDay } from '../src/queries/my-day.ts';
import type { Asked } from './command.ts';

type Offer = MyDay['offers'][number];

/** Accepts every role that waits for who asks, or those that fit. Throws conflict when none does. */
export async function acceptOffers(asked: Asked, fits: (offer: Offer) => boolean = () => true): Promise<readonly Offer[]> {
  const { offers } = await loadMyDay(asked.store.read, asked.org, asked.me.id, asked.clock.now());
  const mine = offers.filter(fits);
  if (mine.length === 0) throw conflict('No role waits for you to accept it.', { hint: 'me' });
  for (const offer of mine) await perform(asked, acceptSeat, { owner: offer.id }, `${asked.requestKey}/accept/${offer.id}`);
  return mine;
}
