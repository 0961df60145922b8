import { type AuditText, everyIdOf, textsBy } from '../../db/erase.ts';
import { rowsAbout } from '../../db/person-columns.ts';
import { personById } from '../../db/people.ts';
import type { Db } from '../../db/store.ts';
import type { Instant } from '../clock.ts';
import { notFound } from '../errors.ts';

interface PersonData {
  readonly about: string;
  readonly madeAt: string;
  readonly person: string;
  /** Rows that name the person, by table. */
  readonly stored: Readonly<Record<string, readonly object[]>>;
  /** Entries of the audit log that they made or that are about them, with what they wrote. */
  readonly audit: readonly AuditText[];
}

/** Everything that is stored about somebody. Instants are milliseconds since 1970. */
export async function loadPersonData(db: Db, org: string, id: string, now: Instant): Promise<PersonData> {
  const person = await personById(db, org, id);
  if (person === undefined) throw notFound('This person is not known here.');
  const ids = await everyIdOf(db, org, id);
  return {
    about: 'Everything that Coxswain stores about this person. Times are milliseconds since 1970 in UTC.',
    madeAt: new Date(now).toISOString(),
    person: id,
    stored: await rowsAbout(db, org, ids),
    audit: await textsBy(db, org, ids),
  };
}
