import type { NudgeView } from '../queries/nudge.ts';
import { clip } from '../text.ts';
import { type Card, buttons, card, formButton, list, note, paragraph, pressButton } from '../ui/card.ts';
import { type Text, bold, datetime } from '../ui/text.ts';
import { askWords } from './priority.ts';

const MOST_NUMBERS = 12;
const MOST_PRIORITIES = 5;

/** To one person before digests that will miss something of theirs. */
export function nudgeCard({ at, zone, channels, numbers, priorities }: NudgeView): Card {
  const waiting = numbers.length + priorities.length;
  if (waiting === 0) {
    return card('Everything is in for the next digest', [
      paragraph('Nothing is missing from you. Thank you.'),
    ]);
  }
  const places = channels.slice(0, 3).map((name) => `#${name}`);
  const where = `${places.join(', ')}${channels.length > 3 ? ` and ${channels.length - 3} more` : ''}`;
  const title = numbers.length === 0 ? titleOfWords(priorities.length) : titleOfNumbers(numbers.length);
  const shown = numbers
    .slice(0, MOST_NUMBERS)
    .map(({ metric, seat, period }): Text => [
      bold(clip(metric.name, 80)),
      ` of ${clip(seat.name, 80)} for ${period.key}`,
    ]);
  return card(
    title,
    [
      paragraph(`The weekly digest of ${where} comes `, datetime(at, zone), '.'),
      ...(shown.length === 0 ? [] : [list(shown)]),
      ...(numbers.length > shown.length ? [note(`and ${numbers.length - shown.length} more`)] : []),
      ...(numbers.length === 0
        ? []
        : [
            buttons(
              formButton('Log your numbers', 'reading.log', { until: String(at) }, { style: 'primary' }),
            ),
          ]),
      ...(priorities.length === 0 ? [] : [paragraph(bold('On or off track this week?'))]),
      ...askWords(
        priorities.map(({ ref, title: what, seatName }) => ({ ref, title: what, where: seatName })),
        MOST_PRIORITIES,
      ),
      buttons(pressButton('Stop these reminders', 'nudges.off', {})),
    ],
    { fallback: title, rest: 'me' },
  );
}

const titleOfNumbers = (count: number): string =>
  count === 1 ? 'One number is missing from you' : `${count} numbers are missing from you`;

const titleOfWords = (count: number): string =>
  count === 1 ? 'One priority waits for your word' : `${count} priorities wait for your word`;
