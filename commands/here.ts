import { invalid } from '../src/errors.ts';
import type { Seat } from '../db/seats.ts';
import type { Card } from '../src/ui/card.ts';
import type { Asked } from './command.ts';
import { toAll, toMe } from './reply.ts';

/** Coxswain's id of the channel in which this was typed, or a sentence with `example`. */
export async function postableHere(asked: Asked, example: string): Promise<string> {
  const channel = await asked.channel();
  if (channel !== undefined) return channel;
  throw invalid('A digest belongs to a channel: type this in the channel where it shall be posted.', {
    hint: example,
  });
}

/** For everyone in the place, unless somebody there may not see the seat: then for who asks. */
export async function toAllWhoSee(asked: Asked, seat: Pick<Seat, 'id'>, shown: Card) {
  const { hidden } = (await asked.shownHere()).sight;
  return hidden.includes(seat.id) ? toMe(shown) : toAll(shown);
}
