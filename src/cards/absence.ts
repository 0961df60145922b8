import type { AbsenceList, AbsenceView } from '../queries/absence.ts';
import { type Card, buttons, card, commandButton, formButton, list, note, paragraph } from '../ui/card.ts';
import { type Inline, type Text, bold, datetime, person } from '../ui/text.ts';

interface Away {
  readonly name: string;
  readonly until: number;
  readonly zone: string;
  readonly delegate: string | null;
  readonly delegateIsAway: boolean;
  readonly rerouted: number;
}

/** The answer to who said that they, or somebody else, are away. */
export function awayCard(away: Away, self: boolean): Card {
  const { name, until, zone, delegate, delegateIsAway, rerouted } = away;
  const instead: Inline[] =
    delegate === null
      ? ['Nobody stands in: what is asked goes on to the next step at once.']
      : [
          bold(delegate),
          ' stands in and was told.',
          ...(delegateIsAway ? [' They are away themselves now.'] : []),
        ];
  const moved =
    rerouted === 0
      ? []
      : [
          paragraph(
            rerouted === 1
              ? 'One issue that waited goes on at once.'
              : `${rerouted} issues that waited go on at once.`,
          ),
        ];
  return card(self ? 'You are away' : `${name} is away`, [
    paragraph('Back ', datetime(until, zone), '.'),
    paragraph(...instead),
    ...moved,
    ...(self
      ? [buttons(commandButton('I am back', 'away off'), formButton('Change', 'person.away', {}))]
      : [note(`${name} was told.`)]),
  ]);
}

/** Who is away now. */
export function absenceCard({ me, zone, absent, more }: AbsenceList): Card {
  if (absent.length === 0)
    return card('Nobody is away', [buttons(formButton('I will be away', 'person.away', {}))]);
  const lines = absent.map(({ id, name, until, delegate }): Text => [
    bold(id === me ? `${name} (you)` : name),
    ' until ',
    datetime(until, zone),
    ...(delegate === undefined ? [' · nobody stands in'] : [' · ', delegate.name, ' stands in']),
  ]);
  return card(
    absent.length + more === 1 ? 'One person is away' : `${absent.length + more} people are away`,
    [
      list(lines),
      ...(more === 0 ? [] : [note(`and ${more} more`)]),
      buttons(
        absent.some(({ id }) => id === me)
          ? commandButton('I am back', 'away off')
          : formButton('I will be away', 'person.away', {}),
      ),
    ],
    { rest: 'away show' },
  );
}

/** To who stands in, or to who was set away by somebody else: how it is now. */
export function absenceOfCard({ person: who, until, standsIn, self, by, zone }: AbsenceView): Card {
  if (self) {
    if (until === undefined)
      return card('You are not away any more', [paragraph('What is asked of you reaches you.')]);
    return card(`${by ?? 'Somebody'} set you as away`, [
      paragraph('Back ', datetime(until, zone), '. Until then nobody asks you about what can wait.'),
      buttons(commandButton('I am back', 'away off'), formButton('Change', 'person.away', {})),
    ]);
  }
  if (until === undefined || !standsIn)
    return card(`You do not stand in for ${who.name} any more`, [
      paragraph(until === undefined ? 'They are back.' : 'Somebody else does, or nobody.'),
    ]);
  return card(`You stand in for ${who.name}`, [
    paragraph(
      person(who.id, who.name),
      ' is away. Until ',
      datetime(until, zone),
      ' you are asked in their place.',
    ),
    buttons(commandButton('Who is away', 'away show')),
  ]);
}
