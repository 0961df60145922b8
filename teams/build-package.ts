import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { strToU8, zipSync } from 'fflate';
import { z } from 'zod';

const NO_APP = '00000000-0000-0000-0000-000000000000';
const NO_HOST = 'https://coxswain.example';

export interface PackageSettings {
  /** MICROSOFT_APP_ID of the bot's registration. */
  readonly appId: string;
  /** PUBLIC_URL, where pictures come from and what the store shows as the web site. */
  readonly publicUrl?: string | undefined;
  /** The bot is a managed identity: it has no app registration, which permissions in chats belong to. */
  readonly managedIdentity?: boolean | undefined;
}

const settingsSchema = z.object({
  appId: z.guid(
    'MICROSOFT_APP_ID must be the id of the app registration, e.g. 11111111-2222-3333-4444-555555555555',
  ),
  publicUrl: z.url('PUBLIC_URL must be an address such as https://coxswain.example.com').optional(),
});

function withoutPermissions(manifest: string): string {
  const { webApplicationInfo: _, authorization: __, ...rest } = z.looseObject({}).parse(JSON.parse(manifest));
  return JSON.stringify(rest, null, 2);
}

/** The manifest with this installation's app id and address. Throws a ZodError for a setting that cannot be used. */
export function fillManifest(manifest: string, settings: PackageSettings): string {
  const { appId, publicUrl } = settingsSchema.parse(settings);
  const own = settings.managedIdentity === true ? withoutPermissions(manifest) : manifest;
  const withApp = own.replaceAll(NO_APP, appId);
  if (publicUrl === undefined) return withApp;
  const url = new URL(publicUrl);
  return withApp
    .replaceAll(NO_HOST, url.href.replace(/\/$/, ''))
    .replaceAll('coxswain.example"', `${url.hostname}"`);
}

/** The zip that is uploaded to Teams: manifest.json and both icons, at its root. */
export async function buildPackage(settings: PackageSettings): Promise<Uint8Array> {
  const read = (name: string) => readFile(join(import.meta.dirname, name));
  const manifest = fillManifest((await read('manifest.json')).toString('utf8'), settings);
  const [color, outline] = await Promise.all([read('color.png'), read('outline.png')]);
  return zipSync({ 'manifest.json': strToU8(manifest), 'color.png': color, 'outline.png': outline });
}
