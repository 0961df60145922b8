import { invalid, notFound } from '../src/errors.ts';
import { mentionOf } from '../src/grammar/mention.ts';
import { type Person, peopleCalled } from '../src/queries/people.ts';
import type { Asked } from './command.ts';

/**
 * The person that a word means: a mention, `me`, or a name or address that only one person has. Nobody is guessed:
 * ownership and roles are given to people.
 */
export async function needPerson(asked: Asked, word: string): Promise<Person> {
  if (word.toLowerCase() === 'me') return asked.me;
  const mention = mentionOf(word);
  if (mention?.kind === 'person') {
    const person = await asked.personOf(mention.ref);
    if (person !== undefined) return person;
    throw notFound('This account is not known here. Apps and bots cannot own anything.');
  }
  const found = await peopleCalled(asked.store.read, asked.org, word.replace(/^@/, ''));
  if (found.length === 1) return found[0]!;
  const why = found.length === 0 ? 'nobody here has that name' : 'more than one person has that name';
  throw invalid(
    `“${word.slice(0, 60)}” is not clear: ${why}. Pick the person from the list after @, or write the whole name in quotes, or the address.`,
    {
      fields: { person: 'Pick a person.' },
    },
  );
}
