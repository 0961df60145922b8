import { FILE_BYTES } from '../../ui/form.ts';
import { type TakenFile, refuseFile } from '../file.ts';
import { type Client, TIMEOUT_MS } from './client.ts';

/** An uploaded file, or a sentence for beside its field. Never throws. */
export type ReadFile = (id: string, types: readonly string[]) => Promise<TakenFile>;

export interface FileDeps {
  readonly client: Client;
  readonly token: string;
  readonly apiUrl?: string;
  /** Told why Slack did not hand a file over; never what it is called or holds. */
  readonly failed: (reason: string) => void;
}

const FILES = 'https://files.slack.com';
const NOT_HANDED_OVER: TakenFile = {
  problem: 'Slack did not hand this file over. Please submit again, or choose the file once more.',
};

export function createReadFile({ client, token, apiUrl, failed }: FileDeps): ReadFile {
  const origin = apiUrl === undefined ? FILES : new URL(apiUrl).origin;
  return async (id, types) => {
    try {
      const { file } = await client.files.info({ file: id });
      const address = file?.url_private_download ?? file?.url_private;
      // The token goes along: to Slack's own host and nowhere else.
      if (address === undefined || !URL.canParse(address) || new URL(address).origin !== origin) {
        failed('no address on its host');
        return NOT_HANDED_OVER;
      }
      const name = file?.name ?? '';
      const refused = refuseFile(name, file?.size ?? 0, types);
      if (refused !== undefined) return { problem: refused };
      const bytes = await download(address, token);
      const tooLarge = refuseFile(name, bytes.byteLength, types);
      return tooLarge === undefined ? { name, bytes } : { problem: tooLarge };
    } catch (error) {
      failed(error instanceof Error ? error.message : 'unknown');
      return NOT_HANDED_OVER;
    }
  };
}

/** The bytes, of one that is too large only as many as say so. Throws when Slack refuses. */
async function download(address: string, token: string): Promise<Buffer> {
  const answer = await fetch(address, {
    headers: { authorization: `Bearer ${token}` },
    // Who may not read a file is sent to a page for logging in.
    redirect: 'error',
    signal: AbortSignal.timeout(TIMEOUT_MS),
  });
  if (!answer.ok) {
    await answer.body?.cancel();
    throw new Error(`status ${answer.status}`);
  }
  const pieces: Uint8Array[] = [];
  let size = 0;
  for await (const piece of answer.body ?? []) {
    pieces.push(piece);
    size += piece.byteLength;
    if (size > FILE_BYTES) break;
  }
  return Buffer.concat(pieces);
}
