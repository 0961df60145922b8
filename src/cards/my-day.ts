import { hasRole } from '../domain/person.ts';
import type { MyDay } from '../queries/my-day.ts';
import {
  type Card,
  type Element,
  buttons,
  card,
  commandButton,
  formButton,
  list,
  note,
  paragraph,
  pressButton,
} from '../ui/card.ts';
import { type Text, bold, code, date, datetime } from '../ui/text.ts';
import { keptAt } from '../domain/one-time-code.ts';
import { keptElements } from './accounts.ts';
import { issueButtons, issueLine } from './issue.ts';

/** What waits for a person: the answer to `me`, and the App Home. */
export function myDayCard(day: MyDay, now: number): Card {
  const waiting = day.issues.length + day.missing.length + day.offers.length + day.requests.length;
  const title =
    waiting === 0
      ? 'Nothing waits for you'
      : waiting === 1
        ? 'One thing waits for you'
        : `${waiting} things wait for you`;
  return card(
    title,
    [
      ...keptElements(keptAt(day.person.kept, now)),
      ...away(day, now),
      ...issues(day, now),
      ...missing(day),
      ...requests(day, now),
      ...day.offers.flatMap((offer): Element[] => [
        paragraph('You were named ', bold(`${offer.role} owner`), ` of ${offer.seat.name}.`),
        buttons(
          pressButton('Accept', 'seat.accept', { owner: offer.id }, { style: 'primary' }),
          commandButton('Show', `seat show ${offer.seat.key}`),
        ),
      ]),
      ...owned(day),
      buttons(formButton('My settings', 'person.settings', {}), formButton('Away', 'person.away', {})),
      note(
        `You are ${hasRole(day.person.role, 'admin') ? 'an' : 'a'} ${day.person.role} here. `,
        code('help'),
        ' lists what you can do.',
      ),
    ],
    { rest: 'me' },
  );
}

function away({ person }: MyDay, now: number): Element[] {
  if (person.awayUntil === null || person.awayUntil <= now) return [];
  return [
    paragraph('You are away, back ', datetime(person.awayUntil, person.zone), '.'),
    buttons(commandButton('I am back', 'away off')),
  ];
}

const issues = (day: MyDay, now: number): Element[] =>
  day.issues.slice(0, 8).flatMap((line) => [paragraph(...issueLine(line, now)), ...issueButtons(line.issue)]);

function missing(day: MyDay): Element[] {
  if (day.missing.length === 0) return [];
  const items = day.missing
    .slice(0, 10)
    .map((m): Text => `${m.seat.name}: ${m.metric.name} for ${m.period.key}${m.late ? ', late' : ''}`);
  return [
    paragraph(bold('Your missing numbers')),
    list(items),
    ...(day.missing.length > 10 ? [note(`and ${day.missing.length - 10} more`)] : []),
    buttons(formButton('Log them', 'reading.log', {}, { style: 'primary' })),
  ];
}

const requests = (day: MyDay, now: number): Element[] =>
  day.requests
    .slice(0, 5)
    .flatMap(({ request, seat }): Element[] => [
      paragraph(
        'You were asked to score ',
        bold(seat.name),
        ' by ',
        date(request.dueAt, day.zone),
        request.dueAt <= now ? ' · overdue' : '',
        '.',
      ),
      buttons(formButton('Score', 'score.full', { seat: seat.key }, { style: 'primary' })),
    ]);

function owned(day: MyDay): Element[] {
  if (day.owned.length === 0)
    return [
      paragraph('You own no seat yet.'),
      buttons(formButton('Add a seat', 'seat.add', {}), commandButton('All seats', 'seat list')),
    ];
  return [
    paragraph(bold('Your seats')),
    list(
      day.owned
        .slice(0, 15)
        .map(({ seat, roles }): Text => [code(seat.key), ` ${seat.name}: ${roles.join(', ')}`]),
    ),
    ...(day.owned.length > 15 ? [note(`and ${day.owned.length - 15} more: `, code('seat list'))] : []),
  ];
}
