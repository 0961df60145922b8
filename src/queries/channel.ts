import { channelByRef, channelsCalled } from '../../db/orgs.ts';
import type { Db } from '../../db/store.ts';
import type { PlatformKind } from '../domain/person.ts';

/** Ids of the channels that somebody means: one by the platform's `ref`, or at most two by their name. */
export async function channelCalled(
  db: Db,
  org: string,
  from: { readonly platform: PlatformKind; readonly tenant: string },
  ref: string | undefined,
  name: string,
): Promise<string[]> {
  if (ref === undefined) return (await channelsCalled(db, org, name)).map((channel) => channel.id);
  const found = await channelByRef(db, org, from.platform, from.tenant, ref);
  return found === undefined ? [] : [found.id];
}
