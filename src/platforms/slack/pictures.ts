import { createHash } from 'node:crypto';
import type { Wall } from '../../clock.ts';
import type { Log } from '../../log.ts';
import type { Card, Picture } from '../../ui/card.ts';
import { createMemory } from '../memory.ts';
import type { AddressesOf, DrawPicture } from '../platform.ts';
import type { PictureSource } from './card.ts';
import { line } from './clean.ts';
import type { AccessOf } from './access.ts';
import { sendError } from './faults.ts';
import { putFile } from './upload.ts';

export interface PictureDeps {
  readonly access: AccessOf;
  readonly addresses: AddressesOf;
  readonly drawPicture: DrawPicture;
  readonly log: Log;
  readonly wall: Wall;
}

/** Finds or makes what Slack can show for each picture of a card. Without a source, its alternative text is shown. */
export type Pictures = (tenant: string, card: Card) => Promise<ReadonlyMap<Picture, PictureSource>>;

/** Uploads are remembered by content, so that updating a message does not leave a new file each time. */
const REMEMBERED = 200;
const POLLS = 10;
const POLL_MS = 300;

export function createPictures(deps: PictureDeps): Pictures {
  const uploaded = createMemory<string, string>(REMEMBERED);

  async function sourceOf(tenant: string, picture: Picture): Promise<PictureSource | undefined> {
    const url = (await deps.addresses('slack', tenant)).picture(picture);
    if (url !== undefined) return { url };
    const bytes = await deps.drawPicture('slack', tenant, picture);
    const key = `${tenant}:${createHash('sha256').update(bytes).digest('base64')}`;
    const known = uploaded.get(key);
    if (known !== undefined) return { file: known };
    const file = await upload(deps, tenant, picture, bytes);
    if (file === undefined) return undefined;
    uploaded.set(key, file);
    return { file };
  }

  return async (tenant, card) => {
    const sources = new Map<Picture, PictureSource>();
    for (const element of card.body) {
      if (element.kind !== 'picture') continue;
      try {
        const source = await sourceOf(tenant, element);
        if (source !== undefined) sources.set(element, source);
      } catch (error) {
        // Slack's own refusals leave the alternative text; only waiting helps against the others.
        const fault = sendError(error, 'repeatable');
        if (fault.fault === 'limited') throw fault;
        deps.log.warn(
          { picture: element.name, reason: fault.message },
          'picture could not be shown in Slack',
        );
      }
    }
    return sources;
  };
}

/** The id of the uploaded file once Slack can show it; undefined when it never becomes ready. */
async function upload(
  { access, wall }: PictureDeps,
  tenant: string,
  picture: Picture,
  bytes: Uint8Array,
): Promise<string | undefined> {
  const { client } = await access(tenant);
  const title = line(picture.title ?? picture.name, 200);
  const id = await putFile(client, {
    name: `${picture.name.replaceAll(/[^\w-]/g, '_')}.png`,
    mime: 'image/png',
    bytes,
    alt: line(picture.alt, 1000),
  });
  if (id === undefined) return undefined;
  await client.files.completeUploadExternal({ files: [{ id, title }] });
  for (let poll = 0; poll < POLLS; poll += 1) {
    // A block that names a file before Slack has looked at it is refused as invalid.
    const { file } = await client.files.info({ file: id });
    if (file?.mimetype !== undefined && file.mimetype !== '') return id;
    await wall.sleep(POLL_MS);
  }
  return undefined;
}
