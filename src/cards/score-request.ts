import type { RequestView } from '../queries/score.ts';
import { type Card, buttons, card, commandButton, formButton, note, paragraph, quote } from '../ui/card.ts';
import { bold, datetime } from '../ui/text.ts';

/** To the reviewer: what is asked of them, and what has become of it. */
export function scoreRequestCard(view: RequestView, reminder: boolean): Card {
  const { request, seat, zone, askedBy, overdue } = view;
  if (request.state === 'scored')
    return card(`You scored ${seat.name}`, [note('Thank you. ', datetime(request.endedAt!, zone))]);
  if (request.state === 'cancelled')
    return card(`Your score of ${seat.name} is not needed any more`, [note(`${askedBy} had asked for it.`)]);
  const title = reminder ? `Still to score: ${seat.name}` : `Please score ${seat.name}`;
  return card(
    title,
    [
      paragraph(
        `${askedBy} asks how ready `,
        bold(seat.name),
        ' is for production. By ',
        bold(overdue ? 'now; it is overdue' : ''),
        ...(overdue ? [] : [datetime(request.dueAt, zone)]),
        '.',
      ),
      ...(request.note === null ? [] : [quote(request.note)]),
      buttons(
        formButton('Score all criteria', 'score.full', { seat: seat.key }, { style: 'primary' }),
        formButton('Quick score', 'score.give', { seat: seat.key }),
        commandButton('Show the seat', `seat show ${seat.key}`),
      ),
    ],
    { fallback: title },
  );
}
