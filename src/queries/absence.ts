import { awayPeople, peopleByIds, personById } from '../../db/people.ts';
import type { Db } from '../../db/store.ts';
import type { Instant } from '../clock.ts';

/** Somebody who is away. */
export interface Absent {
  readonly id: string;
  readonly name: string;
  readonly until: Instant;
  readonly delegate: { readonly id: string; readonly name: string } | undefined;
}

export interface AbsenceList {
  readonly me: string;
  readonly zone: string;
  /** Who comes back first stands first. */
  readonly absent: readonly Absent[];
  readonly more: number;
}

const MOST = 25;

/** Who is away now, for somebody of the organisation. */
export async function loadAbsence(db: Db, org: string, me: string, now: Instant): Promise<AbsenceList> {
  const rows = await awayPeople(db, org, now);
  const shown = rows.slice(0, MOST);
  const names = await peopleByIds(
    db,
    org,
    shown.flatMap((p) => p.delegate ?? []),
  );
  const absent = shown.map(({ id, name, awayUntil, delegate }): Absent => {
    const who = delegate === null ? undefined : names.get(delegate);
    return {
      id,
      name,
      until: awayUntil!,
      delegate: who === undefined ? undefined : { id: who.id, name: who.name },
    };
  });
  return { me, zone: (await personById(db, org, me))!.zone, absent, more: rows.length - shown.length };
}

/** One absence as the reader of a message about it sees it; undefined once it is over or another one. */
export interface AbsenceView {
  readonly person: { readonly id: string; readonly name: string };
  readonly until: Instant | undefined;
  readonly standsIn: boolean;
  readonly self: boolean;
  readonly by: string | undefined;
  readonly zone: string;
}

/** What a message about an absence says to `reader` now; undefined where the people are gone. */
export async function loadAbsenceOf(
  db: Db,
  org: string,
  about: {
    readonly person: string;
    readonly since: Instant;
    readonly reader: string;
    readonly by?: string | undefined;
  },
  now: Instant,
): Promise<AbsenceView | undefined> {
  const found = await peopleByIds(db, org, [
    about.person,
    about.reader,
    ...(about.by === undefined ? [] : [about.by]),
  ]);
  const [person, reader] = [found.get(about.person), found.get(about.reader)];
  if (person === undefined || reader === undefined) return undefined;
  const lasts = person.awayUntil !== null && person.awayUntil > now && person.awaySince === about.since;
  return {
    person: { id: person.id, name: person.name },
    until: lasts ? person.awayUntil! : undefined,
    standsIn: lasts && person.delegate === reader.id,
    self: person.id === reader.id,
    by: about.by === undefined ? undefined : found.get(about.by)?.name,
    zone: reader.zone,
  };
}
