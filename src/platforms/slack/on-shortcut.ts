import type { MessageShortcut } from '@slack/bolt';
import { clip } from '../../text.ts';
import type { Connection } from './connection.ts';
import { fromShortcut } from './envelope.ts';
import { LIMITS } from './limits.ts';
import { open } from './open.ts';

/** "Raise an issue" in the menu of a message: the form opens with what was said and where. Acknowledged already. */
export async function onRaiseIssue(c: Connection, body: MessageShortcut): Promise<void> {
  const from = fromShortcut(body);
  const args = { text: clip(from.message?.text ?? '', LIMITS.quoted), link: from.message?.link ?? '' };
  const origin = { channel: body.channel.id, name: body.channel.name, responseUrl: body.response_url };
  await open(c, from, { trigger: body.trigger_id, origin }, c.inbound.open(from, 'issue.new', args));
}
