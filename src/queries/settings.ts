import { accountsOf, personById } from '../../db/people.ts';
import type { Db } from '../../db/store.ts';
import { hoursText } from '../domain/hours-text.ts';
import type { PlatformKind } from '../domain/person.ts';

export interface MySettings {
  readonly zone: string;
  readonly hours: string;
  readonly country: string | null;
  readonly primary: PlatformKind;
  /** On which they have an account that works. */
  readonly platforms: readonly PlatformKind[];
  readonly awayUntil: number | null;
}

/** What a person set for themselves. */
export async function loadMySettings(db: Db, org: string, me: string): Promise<MySettings> {
  const person = (await personById(db, org, me))!;
  const accounts = await accountsOf(db, org, [me]);
  return {
    zone: person.zone,
    hours: hoursText(person.hours),
    country: person.country,
    primary: person.primaryPlatform,
    platforms: [...new Set(accounts.flatMap(({ gone, platform }) => (gone === null ? [platform] : [])))],
    awayUntil: person.awayUntil,
  };
}
