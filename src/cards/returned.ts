import type { RoleInCoxswain } from '../domain/person.ts';
import { type Card, buttons, card, commandButton, list, note, paragraph } from '../ui/card.ts';
import { bold } from '../ui/text.ts';

export interface Returned {
  /** Seats that they may see, with what they were of each. */
  readonly seats: readonly { readonly key: string; readonly role: string }[];
  /** `member` when none was taken. */
  readonly role: RoleInCoxswain;
  /** It was a guest's meanwhile; otherwise it was deactivated. */
  readonly guest: boolean;
}

/** To whoever is an active member again: what was taken does not come back by itself. */
export function returnedCard({ seats, role, guest }: Returned): Card {
  const state = guest ? 'was a guest’s' : 'was deactivated';
  return card('You are back, without your roles', [
    paragraph(
      `Your account ${state} for a while, so your roles were given up. They do not come back by themselves.`,
    ),
    ...(role === 'member' ? [] : [paragraph('You were ', bold(role), '.')]),
    ...(seats.length === 0 ? [] : [list(seats.map((seat) => [bold(seat.key), ` · ${seat.role} owner`]))]),
    note('Admins give roles, and governors and owners name who owns a seat. Ask whoever you work with.'),
    buttons(commandButton('Who has a role', 'admin list'), commandButton('What waits for me', 'me')),
  ]);
}
