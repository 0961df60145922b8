import type { Person } from '../../../db/people.ts';
import type { Wanted } from '../../../db/messages.ts';

/** Whatever tells of somebody's absence shows how it is now. */
export const absenceSubject = (person: string): string => `absence:${person}`;

/** To who stands in, or to who was set away by somebody else: one message an absence, kept up to date. */
export const absenceMessage = (person: string, since: number, reader: string, by: string | null): Wanted => ({
  key: `absence:${person}:${since}:${reader}`,
  to: { kind: 'person', id: reader },
  view: 'absence',
  args: { person, since, reader, ...(by === null ? {} : { by }) },
  subject: absenceSubject(person),
});

/** The instant at which the absence began that lasts at `now`; undefined when there is none. */
export const absenceSince = (
  { awayUntil, awaySince }: Pick<Person, 'awayUntil' | 'awaySince'>,
  now: number,
): number | undefined => (awayUntil === null || awayUntil <= now ? undefined : (awaySince ?? now));
