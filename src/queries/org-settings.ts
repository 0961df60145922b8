import { channelsByIds, orgById } from '../../db/orgs.ts';
import type { Db } from '../../db/store.ts';
import type { Rule } from '../domain/calendar.ts';
import { type Retention, retentionOf } from '../domain/retention.ts';

export interface SettingsView {
  readonly name: string;
  readonly zone: string;
  readonly digest: Rule;
  /** Names of channels, where they are set. */
  readonly governance: string | undefined;
  readonly heads: string | undefined;
  readonly retention: Retention;
  readonly restricted: boolean;
}

/** When a channel's digest comes unless somebody says otherwise. */
const DIGEST_RULE: Rule = { kind: 'weekly', day: 'mon', time: '09:00' };

export async function loadSettings(db: Db, org: string): Promise<SettingsView> {
  const own = (await orgById(db, org))!;
  const ids = [own.governanceChannel, own.headsChannel].filter((id) => id !== null);
  const channels = await channelsByIds(db, org, ids);
  const called = (id: string | null) => (id === null ? undefined : (channels.get(id)?.name ?? 'unknown'));
  return {
    name: own.name,
    zone: own.zone,
    digest: own.digestRule ?? DIGEST_RULE,
    governance: called(own.governanceChannel),
    heads: called(own.headsChannel),
    retention: retentionOf(own.retention),
    restricted: own.restricted,
  };
}
