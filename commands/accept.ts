import { perform } from '../src/actions/perform.ts';
import { acceptSeat } from '../src/actions/seat/index.ts';
import { type CoxswainError, conflict } from '../src/errors.ts';
import { type MyDay, loadMyDay } from '../src/queries/my-day.ts';
import type { Asked } from './command.ts';

type Offer = MyDay['offers'][number];

/** Accepts every role that waits for who asks, or those that fit. Throws conflict when none does. */
export async function acceptOffers(
  asked: Asked,
  fits: (offer: Offer) => boolean = () => true,
): Promise<readonly Offer[]> {
  const { offers } = await loadMyDay(asked.store.read, asked.org, asked.me.id, asked.clock.now());
  const mine = offers.filter(fits);
  if (mine.length === 0) throw nothingFits(offers);
  for (const offer of mine)
    await perform(asked, acceptSeat, { owner: offer.id }, `${asked.requestKey}/accept/${offer.id}`);
  return mine;
}

function nothingFits(waiting: readonly Offer[]): CoxswainError {
  const [first] = waiting;
  if (first === undefined) return conflict('No role waits for you to accept it.', { hint: 'me' });
  const roles = waiting.map((o) => `${o.role} of ${o.seat.key}`).join(', ');
  return conflict(`That role does not wait for you. To accept: ${roles}.`, {
    hint: `seat accept ${first.seat.key} ${first.role}`,
  });
}
