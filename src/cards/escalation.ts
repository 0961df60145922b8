import { type Card, card, note, paragraph } from '../ui/card.ts';
import { code } from '../ui/text.ts';

/** To the admins: nobody was pinged any more about issues that nobody had answered. */
export function mendedCard(refs: readonly string[]): Card {
  const n = refs.length === 1 ? 'One escalation had' : `${refs.length} escalations had`;
  const shown = refs.slice(0, 20).join(', ');
  const more = refs.length > 20 ? ` and ${refs.length - 20} more` : '';
  return card(
    `${n} stopped and was mended`.replace(
      'had stopped and was',
      refs.length === 1 ? 'had stopped and was' : 'had stopped and were',
    ),
    [
      paragraph(`${shown}${more}. Nobody would have been asked any more; the chain goes on now.`),
      note('This should not happen. The log says more: please report it. ', code('doctor')),
    ],
    { rest: 'doctor' },
  );
}
