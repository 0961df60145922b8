import type { IncomingMessage, ServerResponse } from 'node:http';
import { sendText } from './server.ts';

/**
 * Reads a body of up to `limit` bytes; undefined when it is longer, which a `content-length` says before anything is
 * read. The rest is left unread and the connection open, so that `tooLarge` can still be said.
 */
export function readBody(req: IncomingMessage, limit: number): Promise<Buffer | undefined> {
  if (Number(req.headers['content-length'] ?? 0) > limit) return Promise.resolve(undefined);
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    req.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size <= limit) chunks.push(chunk);
      else {
        req.removeAllListeners('data');
        req.pause();
        resolve(undefined);
      }
    });
    req.on('end', () => resolve(Buffer.concat(chunks)));
    req.on('error', reject);
  });
}

/** Answers 413. The connection ends with it, because what was not read would be taken for the next request. */
export function tooLarge(res: ServerResponse): void {
  res.setHeader('connection', 'close');
  sendText(res, 413, 'That is too long.\n');
}
