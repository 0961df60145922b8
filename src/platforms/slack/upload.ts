import { type Client, TIMEOUT_MS } from './client.ts';

export interface NewFile {
  readonly name: string;
  readonly mime: string;
  readonly bytes: Uint8Array;
  readonly alt?: string;
}

/**
 * Brings bytes to Slack, and returns the id under which `files.completeUploadExternal` shows them; undefined when Slack
 * did not take them.
 */
export async function putFile(
  client: Client,
  { name, mime, bytes, alt }: NewFile,
): Promise<string | undefined> {
  const target = await client.files.getUploadURLExternal({
    filename: name,
    length: bytes.byteLength,
    ...(alt === undefined ? {} : { alt_text: alt }),
  });
  if (target.upload_url === undefined || target.file_id === undefined) return undefined;
  const stored = await fetch(target.upload_url, {
    method: 'POST',
    headers: { 'content-type': mime },
    body: Buffer.from(bytes),
    redirect: 'error',
    signal: AbortSignal.timeout(TIMEOUT_MS),
  });
  await stored.body?.cancel();
  return stored.ok ? target.file_id : undefined;
}
