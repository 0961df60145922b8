import { OWNER_DUTIES } from '../domain/seat.ts';
import type { Offer } from '../queries/offers.ts';
import {
  type Card,
  type Element,
  buttons,
  card,
  commandButton,
  list,
  note,
  paragraph,
  pressButton,
} from '../ui/card.ts';
import { type Text, bold, person } from '../ui/text.ts';

/** The direct message that asks somebody to accept the roles they were named for on one day. */
export function offersCard(offers: readonly Offer[]): Card {
  const open = offers.filter((o) => o.state === 'open');
  const answered = offers.filter((o) => o.state !== 'open');
  const title =
    open.length === 0
      ? 'Nothing is left to accept'
      : open.length === 1
        ? `${open[0]!.role} owner of ${open[0]!.seatName}?`
        : `You were named for ${open.length} roles`;
  return card(
    title,
    [
      ...open.flatMap(ask),
      ...(open.length < 2
        ? []
        : [buttons(pressButton(`Accept all ${open.length}`, 'seat.accept-all', {}, { style: 'primary' }))]),
      ...(open.length === 0 ? [] : [note('Until you accept, a role counts as vacant.')]),
      ...settled(answered),
    ],
    { fallback: title, rest: 'me' },
  );
}

const ask = (offer: Offer): Element[] => [
  paragraph(
    ...(offer.namedBy === undefined
      ? ['You were named']
      : [person(offer.namedBy.id, offer.namedBy.name), ' named you']),
    ' as the ',
    bold(`${offer.role} owner`),
    ' of ',
    bold(offer.seatName),
    `: who ${OWNER_DUTIES[offer.role]}. The seat: ${offer.accountability}`,
  ),
  buttons(
    pressButton('Accept', 'seat.accept', { owner: offer.id }),
    commandButton('Show the seat', `seat show ${offer.seatKey}`),
  ),
];

function settled(offers: readonly Offer[]): Element[] {
  const roles = (state: Offer['state']) =>
    offers.filter((o) => o.state === state).map((o): Text => `${o.role} owner of ${o.seatName}`);
  const [accepted, over] = [roles('accepted'), roles('over')];
  return [
    ...(accepted.length === 0 ? [] : [paragraph(bold('You accepted:')), list(accepted)]),
    ...(over.length === 0 ? [] : [paragraph('Somebody else was named instead:'), list(over)]),
  ];
}
