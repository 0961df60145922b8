import { channelsCalled } from '../../../db/orgs.ts';
import { peopleCalled } from '../../../db/people.ts';
import type { Db } from '../../../db/store.ts';
import { folded } from '../../domain/import/titles.ts';

/** The one that is meant, or a sentence about why none is. */
export type Found = { readonly id: string } | { readonly say: string };

/** Looks people and channels up by what a file calls them, each once. */
export interface Finder {
  person(text: string): Promise<Found>;
  channel(text: string): Promise<Found>;
}

/** `me` is the person who imports; nobody from the command line. */
export function finderOf(db: Db, org: string, me: string | undefined): Finder {
  const people = new Map<string, Promise<Found>>();
  const channels = new Map<string, Promise<Found>>();
  const once = (known: Map<string, Promise<Found>>, text: string, find: () => Promise<Found>) => {
    const name = text.toLowerCase();
    const found = known.get(name) ?? find();
    known.set(name, found);
    return found;
  };
  return {
    person: (text) => once(people, text, () => findPerson(db, org, me, text)),
    channel: (text) => once(channels, text, () => findChannel(db, org, text)),
  };
}

/** Nobody is guessed: of two people of one name neither is taken. */
async function findPerson(db: Db, org: string, me: string | undefined, text: string): Promise<Found> {
  if (text.toLowerCase() === 'me')
    return me === undefined ? { say: '“me” is nobody on the command line; say who with --as' } : { id: me };
  const address = /<([^<>\s]+@[^<>\s]+)>\s*$/.exec(text)?.[1] ?? text;
  const found = (await peopleCalled(db, org, folded(address))).filter((one) => !one.guest);
  if (found.length > 1) return { say: `more than one person is called “${text}”; give the email address` };
  const [one] = found;
  return one === undefined ? { say: `nobody here is called “${text}”` } : { id: one.id };
}

async function findChannel(db: Db, org: string, text: string): Promise<Found> {
  const found = await channelsCalled(db, org, text.replace(/^#/, ''));
  if (found.length > 1) return { say: `more than one channel is called “${text}”` };
  const [one] = found;
  return one === undefined
    ? { say: `no channel “${text}” is known here; invite Coxswain to it first` }
    : { id: one.id };
}
