import type { Gone } from '../domain/account.ts';
import { platformName } from '../domain/person.ts';
import type { Described, Roster } from '../queries/accounts.ts';
import type { CoxswainError } from '../errors.ts';
import {
  type Button,
  type Card,
  type Element,
  type Press,
  buttons,
  card,
  commandButton,
  list,
  note,
  paragraph,
  pressButton,
} from '../ui/card.ts';
import { type Inline, type Text, bold, code, datetime } from '../ui/text.ts';

const GONE: Readonly<Record<NonNullable<Gone>, string>> = {
  deactivated: 'has ended',
  guest: 'is a guest there',
};

/** `Bo Okafor (bo@example.com, Slack Harbour Insurance)` */
function who({ name, email, places }: Described): readonly Inline[] {
  const where = places.map(
    ({ platform, name: tenant, gone }) =>
      `${platformName(platform)}${tenant === '' ? '' : ` ${tenant}`}${gone === null ? '' : `: ${GONE[gone]}`}`,
  );
  const facts = [...(email === null ? [] : [email]), ...where];
  return [bold(name), facts.length === 0 ? '' : ` (${facts.join(', ')})`];
}

interface Kept {
  readonly label: string;
  readonly on: Press;
}

const keptButton = ({ label, on }: Kept): Button => ({ kind: 'button', label, on, style: 'primary' });

/** What somebody wanted to do before their accounts were linked. */
export const keptElements = (kept: Kept | null): Element[] =>
  kept === null
    ? []
    : [
        paragraph('You wanted to do something that needs your accounts linked, or one confirmed:'),
        buttons(keptButton(kept), pressButton('Forget it', 'person.forget-kept', {})),
      ];

/** Refused because there may be a second account: how to go on. Nothing is lost. */
export const linkOfferCard = (error: CoxswainError): Card =>
  card('One thing first', [
    paragraph(error.message),
    buttons(
      commandButton('Link my account', 'me link'),
      commandButton('I have only this account', 'me single'),
    ),
    note('What you wanted to do is kept for a day: ', code('me'), ' offers it again.'),
  ]);

/** The code that links, shown once. */
export function linkCodeCard(made: string | null, until: number, zone: string): Card {
  if (made === null)
    return card('The code was shown once', [buttons(commandButton('Make another', 'me link'))]);
  return card('Link another account of yours', [
    paragraph('Write this to Coxswain with your other account, until ', datetime(until, zone), ':'),
    paragraph(code(`me link ${made}`)),
    note('Whoever writes it becomes the same person as you. Give it to nobody. It works once.'),
  ]);
}

/** Before a code is redeemed: whose it is. */
export const linkAskCard = (maker: Described, typed: string): Card =>
  card('Is this you?', [
    paragraph('This code was made by ', ...who(maker), '.'),
    paragraph(
      'If you link the two, they are one person from now on: seats, issues and roles of both. It cannot be undone.',
    ),
    buttons(pressButton('Yes, link them', 'person.link', { code: typed }, { style: 'primary' })),
    note('If this is somebody else, do nothing.'),
  ]);

interface Asking {
  readonly state: 'waits' | 'linked' | 'over';
  readonly how: 'code' | 'address';
}

const WHY_ASKED = {
  code: { over: 'A code of yours was redeemed', waits: ' redeemed your code.' },
  address: {
    over: 'Another account has your address',
    waits: ' has your address, as a tenant says that joined this organisation. Nobody has verified it.',
  },
} as const;

/** To who made a code, or has an address: whether the other account is theirs, too. */
export function linkConfirmCard(other: Described, { state, how }: Asking, role: string): Card {
  if (state === 'linked') return card('Your accounts are linked', [paragraph(...who(other), '.')]);
  if (state === 'over')
    return card(WHY_ASKED[how].over, [paragraph('It was not confirmed in time, or refused.')]);
  return card('Is this you?', [
    paragraph(...who(other), WHY_ASKED[how].waits),
    paragraph(
      `If you say yes, this account may do all that you may here, as ${role} and as owner of your seats.`,
    ),
    buttons(
      pressButton('Yes, that is me', 'person.confirm-link', { person: other.id }, { style: 'primary' }),
      pressButton('No', 'person.refuse-link', { person: other.id }, { style: 'danger' }),
    ),
  ]);
}

/** To who was linked. */
export const linkedCard = (me: Described, kept: Kept | null): Card =>
  card('Your accounts are linked', [
    paragraph('You are one person here: ', ...who(me), '.'),
    ...keptElements(kept),
    buttons(commandButton('My settings', 'me settings')),
  ]);

/** To admins: somebody says that they have one account only. */
export function singleCard(person: Described, confirmedBy: string | undefined): Card {
  const title = `${person.name} has no other account`;
  if (confirmedBy !== undefined) return card(title, [paragraph(`Confirmed by ${confirmedBy}.`)]);
  if (!person.unsure)
    return card(title, [
      paragraph('That is settled: the accounts are linked, or nothing else is connected.'),
    ]);
  return card(title, [
    paragraph(...who(person), ' says so. Until it is confirmed, their approvals do not count.'),
    buttons(
      pressButton(
        'Confirm',
        'person.confirm-single',
        { person: person.id },
        {
          style: 'primary',
          confirm: {
            title: 'Confirm it?',
            text: 'Make sure: two accounts of one person could approve the same thing twice.',
            yes: 'Confirm',
          },
        },
      ),
    ),
    note('If they have another one, do nothing: they can link it with ', code('me link'), '.'),
  ]);
}

/** To who was confirmed. */
export const singleSaidCard = (kept: Kept | null): Card =>
  card('It is confirmed that you have one account', [
    paragraph('Your approvals count.'),
    ...keptElements(kept),
  ]);

/** To both sides: who joined what. */
export const joinedCard = (j: {
  readonly what: string;
  readonly org: string;
  readonly by: string;
  readonly people: number;
  readonly linked: number;
}): Card =>
  card(`${j.what} joined ${j.org}`, [
    paragraph(bold(j.by), ' redeemed the code.'),
    paragraph(
      `${j.people === 1 ? 'One person' : `${j.people} people`} came along, ${j.linked} of them linked by their verified address. Who is new is a member: admins give roles.`,
    ),
    buttons(commandButton('Who is here', 'admin list')),
  ]);

/** The code by which another workspace or tenant joins, shown once. */
export function joinCodeCard(org: string, made: string | null, until: number, zone: string): Card {
  if (made === null)
    return card('The code was shown once', [buttons(commandButton('Make another', 'admin join'))]);
  return card(`Let another workspace or tenant join ${org}`, [
    paragraph('An admin there writes this to Coxswain, until ', datetime(until, zone), ':'),
    paragraph(code(`admin join ${made}`)),
    note(
      'Its people and channels become part of this organisation. It works once; a new code makes this one void. Give it to nobody but that admin.',
    ),
  ]);
}

/** Who may do what, and whose approvals do not count yet. Addresses are for those who administer. */
export function rosterCard({ people, page, pages, unsure }: Roster, addresses: boolean): Card {
  if (people.length === 0)
    return card('Roles', [
      paragraph(
        'Nobody has a role yet. Redeem the code that was printed at the first start: ',
        bold('admin claim CODE'),
      ),
    ]);
  const lines = people.map((p): Text => [
    bold(p.role),
    ': ',
    ...who(addresses ? p : { ...p, email: null }),
    ...(p.unsure ? [' · may have a second account: approvals do not count'] : []),
  ]);
  return card(
    pages === 1 ? 'Roles' : `Roles, page ${page} of ${pages}`,
    [
      list(lines),
      ...(unsure === 0
        ? []
        : [
            note(
              `${unsure === 1 ? 'One person is' : `${unsure} people are`} neither linked nor confirmed. They type `,
              code('me link'),
              ', or an admin types ',
              code('admin single @person'),
              '.',
            ),
          ]),
      ...(page < pages ? [buttons(commandButton('Next page', `admin list page=${page + 1}`))] : []),
    ],
    { rest: 'admin list page=2' },
  );
}
