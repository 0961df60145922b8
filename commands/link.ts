import { askSingle, makeLinkCode, redeemLink } from '../src/actions/person/index.ts';
import { perform } from '../src/actions/perform.ts';
import { linkAskCard, linkCodeCard, linkedCard } from '../src/cards/accounts.ts';
import { forbidden, invalid } from '../src/errors.ts';
import { describePeople } from '../src/queries/accounts.ts';
import { presentKept } from '../src/queries/kept.ts';
import { type Card, card, paragraph } from '../src/ui/card.ts';
import type { Asked } from './command.ts';
import { say, toMe } from './reply.ts';

/** The one person that two accounts are now, with what they wanted to do before. */
export async function linkedTo({ store, org, clock }: Asked, person: string): Promise<Card> {
  const [me] = await describePeople(store.read, org, [person]);
  return linkedCard(me!, await presentKept(store.read, org, person, clock.now()));
}

/** What comes of a code that somebody redeems: first whose it is, then the two are one. */
export async function redeemed(asked: Asked, code: string, sure: boolean): Promise<Card> {
  const { store, org } = asked;
  const { state, person } = await perform(asked, redeemLink, { code, sure });
  const [other] = person === null ? [] : await describePeople(store.read, org, [person]);
  switch (state) {
    case 'wrong':
      throw forbidden(
        'That code is not valid: it was used, is over 15 minutes old, or was made anew since.',
        {
          hint: 'me link',
        },
      );
    case 'own':
      throw invalid('This code is yours. Write it to Coxswain with your other account.');
    case 'ask':
      return linkAskCard(other!, code);
    case 'waits':
      return card('Say yes on the other side', [
        paragraph(
          `${other!.name} was asked in a direct message. You are linked as soon as they say that it is you.`,
        ),
      ]);
    case 'linked':
      return linkedTo(asked, other!.id);
    default:
      return state satisfies never;
  }
}

/** `me link` makes a code, `me link CODE` redeems one. */
export async function link(asked: Asked, { code }: Readonly<Record<string, string>>) {
  if (code !== undefined) return toMe(await redeemed(asked, code, false));
  const made = await perform(asked, makeLinkCode, {});
  return toMe(linkCodeCard(made.code, made.until, asked.me.zone));
}

/** `me single`: an admin is asked to confirm that there is no other account. */
export async function single(asked: Asked) {
  const { confirmed, admins } = await perform(asked, askSingle, {});
  if (!confirmed)
    return say(
      'An admin confirms it',
      paragraph(`Asked: ${admins.join(', ')}. Until then your approvals do not count.`),
    );
  const { store, org, me, clock } = asked;
  const [person] = await describePeople(store.read, org, [me.id]);
  return toMe(
    person === undefined
      ? card('Noted', [])
      : {
          ...linkedCard(person, await presentKept(store.read, org, me.id, clock.now())),
          title: 'You have one account',
        },
  );
}
