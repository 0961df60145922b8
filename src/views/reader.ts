import { orgById } from '../../db/orgs.ts';
import { actingPerson } from '../../db/people.ts';
import { type Db, readThrough } from '../../db/store.ts';
import { sightOfChannel, sightOfPerson } from '../../db/visibility.ts';
import type { App } from '../context.ts';

/**
 * The process as the reader of an address sees it: whoever was given a signed address has it for ever, and what they
 * may see changes. Without a reader in it, what everyone may see.
 */
export async function seenBy(app: App, org: string, reader: string | undefined): Promise<App> {
  const db = app.store.read;
  const restricted = (await orgById(db, org))?.restricted === true;
  if (!restricted) return app;
  return { ...app, store: readThrough(app.store, await sightOf(db, org, reader)) };
}

async function sightOf(db: Db, org: string, reader: string | undefined): Promise<Db> {
  const [kind, id] = reader?.split(':') ?? [];
  if (id === undefined || kind !== 'person') return sightOfChannel(db, org, id, true);
  const found = await actingPerson(db, org, id);
  return found === undefined
    ? sightOfChannel(db, org, undefined, true)
    : sightOfPerson(db, org, found.person, found.restricted);
}
