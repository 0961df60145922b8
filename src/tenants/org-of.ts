import { installationOf } from '../../db/orgs.ts';
import type { Store } from '../../db/store.ts';
import type { App } from '../context.ts';
import type { PlatformKind } from '../domain/person.ts';
import { unavailable } from '../errors.ts';
import { fileAddress } from '../http/files.ts';
import { pictureAddress } from '../http/pictures.ts';
import type { Addresses, AddressesOf } from '../platforms/platform.ts';

/** The organisation to which a workspace or tenant belongs. Throws unavailable where it belongs to none. */
export type OrgOf = (platform: PlatformKind, tenant: string) => Promise<string>;

/** Asked of the database every time: another copy may have connected or moved a tenant a moment ago. */
export const createOrgOf =
  (store: Store): OrgOf =>
  async (platform, tenant) => {
    const installation = await installationOf(store.read, platform, tenant);
    if (installation === undefined) throw unavailable('This workspace is not connected to Coxswain.');
    return installation.org;
  };

const NOWHERE: Addresses = { picture: () => undefined, file: () => undefined };

/** Signed addresses of pictures and files, where there is a public address. */
export const createAddresses =
  ({ store, keys, wall }: App, publicUrl: () => string | undefined): AddressesOf =>
  async (platform, tenant) => {
    const base = publicUrl();
    if (base === undefined) return NOWHERE;
    const installation = await installationOf(store.read, platform, tenant);
    if (installation === undefined) return NOWHERE;
    const { org } = installation;
    return {
      picture: (picture) => pictureAddress(keys, base, org, picture),
      file: ({ name, document }) => {
        const asked = {
          org,
          file: name,
          document: document.name,
          args: document.args,
          reader: document.reader,
        };
        return fileAddress(keys, base, asked, wall.now());
      },
    };
  };
