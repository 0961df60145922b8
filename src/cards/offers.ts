import { OWNER_DUTIES } from '../domain/seat.ts';
import type { Offer } from '../queries/offers.ts';
import { type Card, type Element, buttons, card, commandButton, list, note, paragraph, pressButton } from '../ui/card.ts';
import { type Text, bold, person } from '../ui/text.ts';

/** The direct message that asks somebody to accept the roles they were named for on one day. */
export function offersCard(offers: readonly Offer[]): Card {
  const open = offers.filter((o) => o.state === 'open');
  const answered = offers.filter((o) => o.state !== 'open');
  const title =
    open.length === 0 ? 'Nothing is left to accept' : open.length === 1 ? `${open[0]!.role} owner of ${open[0]!.seatName}?` : `You were named for ${open.length} roles`;
  return card(
    title,
    [
      ...open.flatMap(ask),
      ...(open.length < 2 ? [] : [buttons(pressButton(`Accept all ${open.length}`, 'seat.accept-all', {}, { style: 'primary' }))]),
      ...(open.length === 0 ? [] : [note('Until you accept, a role counts as vacant.')]),
      ...(answered.length === 0 ? [] : [list(answered.map(settled))]),
    ],
    { fallback: title, rest: 'me' },
  );
}

const ask = (offer: Offer): Element[] => [
  paragraph(
    ...(offer.namedBy === undefined ? ['You were named'] : [person(offer.namedBy.id, offer.namedBy.name), ' named you']),
    ' as the ', bold(`${offer.role} owner`), ' of ', bold(offer.seatName), `: who ${OWNER_DUTIES[offer.role]}. The seat: ${offer.accountability}`,
  ),
  buttons(pressButton('Accept', 'seat.accept', { owner: offer.id }), commandButton('Show the seat', `seat show ${offer.seatKey}`)),
];

const settled = (offer: Offer): Text =>
  offer.state === 'accepted'
    ? [bold('You accepted.'), ` You are the ${offer.role} owner of ${offer.seatName}.`]
    : `Somebody else has been named ${offer.role} owner of ${offer.seatName}.`;
