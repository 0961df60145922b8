import { erasePerson } from '../src/actions/org/index.ts';
import { assertMay, perform } from '../src/actions/perform.ts';
import { exportPerson } from '../src/actions/person/index.ts';
import { eraseCard } from '../src/cards/person.ts';
import { invalid, notFound } from '../src/errors.ts';
import { mentionOf } from '../src/grammar/mention.ts';
import { loadPersonData } from '../src/queries/person-data.ts';
import { type Person, peopleEverCalled } from '../src/queries/people.ts';
import type { Answer, Asked, Verb } from './command.ts';
import { needPerson } from './people.ts';
import { toMe } from './reply.ts';

/** Like `needPerson`, also for who has left: by mention, name, address or id. */
async function needAnybody(asked: Asked, word: string | undefined, example: string): Promise<Person> {
  if (word === undefined)
    throw invalid('Who? Type @ and pick the person, or the name or address of who has left.', {
      hint: example,
    });
  if (word.toLowerCase() === 'me' || mentionOf(word) !== undefined) return needPerson(asked, word);
  const found = await peopleEverCalled(asked.store.read, asked.org, word.replace(/^@/, ''));
  if (found.length === 1) return found[0]!;
  if (found.length === 0)
    throw notFound(`Nobody here is or was called “${word.slice(0, 60)}”.`, { hint: example });
  throw invalid(`More than one person is or was called “${word.slice(0, 60)}”. Use the email address.`, {
    hint: example,
  });
}

/** Everything that is stored about somebody, as a file; that it was handed out is in the audit log. */
export async function dataOf(asked: Asked, person: Person): Promise<Answer> {
  await perform(asked, exportPerson, { person: person.id });
  const data = await loadPersonData(asked.store.read, asked.org, person.id, asked.clock.now());
  return {
    kind: 'file',
    name: `coxswain-data-${person.id}.json`,
    title: `What Coxswain stores about ${person.name}`,
    text: `${JSON.stringify(data, null, 2)}\n`,
    document: { name: 'person-data', args: { person: person.id } },
  };
}

/** Verbs of `admin` about what is stored of a person. */
export const PERSON_VERBS: readonly Verb[] = [
  {
    name: 'export',
    usage: 'admin export @person',
    summary: 'everything that is stored about a person, as JSON',
    positional: ['person'],
    async run(asked, input) {
      const person = await needAnybody(asked, input['person'], 'admin export @bo');
      return dataOf(asked, person);
    },
  },
  {
    name: 'erase',
    usage: 'admin erase @person',
    summary: 'erase who a person was and what they wrote; asks before it does',
    positional: ['person'],
    async run(asked, input) {
      const person = await needAnybody(asked, input['person'], 'admin erase @bo');
      await assertMay(asked, erasePerson, { person: person.id });
      if (person.erasedAt !== null) throw invalid('This person was erased already.');
      return toMe(eraseCard(person));
    },
  },
];
