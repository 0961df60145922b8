import type { MessageShortcut } from '@slack/bolt';
import { clip } from '../../text.ts';
import { QUOTED, shortcutNamed } from '../shortcuts.ts';
import type { Connection } from './connection.ts';
import { fromShortcut } from './envelope.ts';
import { open } from './open.ts';
import { tenantOfInteraction } from './tenant.ts';

/** Chosen in the menu of a message: a form opens with what was said and where. Acknowledged already. */
export async function onShortcut(c: Connection, body: MessageShortcut): Promise<void> {
  const shortcut = shortcutNamed(body.callback_id);
  if (shortcut === undefined) return;
  // Without it the address is guessed from the workspace's name.
  const access = await c.access(tenantOfInteraction(body)).catch(() => undefined);
  const from = fromShortcut(body, access?.address);
  const args = { text: clip(from.message?.text ?? '', QUOTED), link: from.message?.link ?? '' };
  const { thread } = from.place;
  const origin = {
    channel: body.channel.id,
    name: body.channel.name,
    responseUrl: body.response_url,
    ...(thread === undefined ? {} : { thread }),
  };
  await open(c, from, { trigger: body.trigger_id, origin }, c.inbound.open(from, shortcut.form, args));
}
