import { everyIdOf } from '../../db/erase.ts';
import { type AuditText, textsBy } from '../../db/erase-audit.ts';
import { joinedInto } from '../../db/joining.ts';
import { rowsAbout } from '../../db/person-columns.ts';
import { personById } from '../../db/people.ts';
import type { Db } from '../../db/store.ts';
import type { Instant } from '../clock.ts';
import { notFound } from '../errors.ts';

interface Stored {
  /** Rows that name the person, by table. */
  readonly stored: Readonly<Record<string, readonly object[]>>;
  /** Entries of the audit log that they made or that are about them, with what they wrote. */
  readonly audit: readonly AuditText[];
}

interface PersonData extends Stored {
  readonly about: string;
  readonly madeAt: string;
  readonly person: string;
  /** What is left of them in organisations that joined this one. */
  readonly before: readonly Stored[];
}

const storedIn = async (db: Db, org: string, ids: readonly string[]): Promise<Stored> => ({
  stored: await rowsAbout(db, org, ids),
  audit: await textsBy(db, org, ids),
});

/** Everything that is stored about somebody. Instants are milliseconds since 1970. */
export async function loadPersonData(db: Db, org: string, id: string, now: Instant): Promise<PersonData> {
  const person = await personById(db, org, id);
  if (person === undefined) throw notFound('This person is not known here.');
  const ids = await everyIdOf(db, org, id);
  const before = await Promise.all((await joinedInto(db, org)).map((one) => storedIn(db, one, ids)));
  return {
    about: 'Everything that Coxswain stores about this person. Times are milliseconds since 1970 in UTC.',
    madeAt: new Date(now).toISOString(),
    person: id,
    ...(await storedIn(db, org, ids)),
    before: before.filter(({ stored }) => Object.keys(stored).length > 0),
  };
}
