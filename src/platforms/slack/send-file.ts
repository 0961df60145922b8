import type { Envelope, FileReply } from '../platform.ts';
import { line } from './clean.ts';
import type { Connection } from './connection.ts';
import { putFile } from './upload.ts';

/**
 * Posts a file into the direct conversation of one person with the bot: no other place is theirs alone. Returns that
 * conversation, or undefined when Slack did not take the file.
 */
export async function postFile(
  c: Connection,
  { tenant, user }: Envelope,
  file: FileReply,
): Promise<string | undefined> {
  try {
    const { client } = await c.access(tenant);
    const { channel } = await client.conversations.open({ users: user.ref });
    if (channel?.id === undefined) return undefined;
    const bytes = Buffer.from(file.text);
    const id = await putFile(client, { name: file.name, mime: 'text/plain', bytes });
    if (id === undefined) return undefined;
    await client.files.completeUploadExternal({
      files: [{ id, title: line(file.title, 200) }],
      channel_id: channel.id,
    });
    return channel.id;
  } catch (error) {
    const reason = error instanceof Error ? error.message : 'unknown';
    c.log.warn({ file: file.name, reason }, 'Slack did not take a file');
    return undefined;
  }
}
