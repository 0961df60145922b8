import { connect } from 'node:net';

/** One connection that is kept open: sends a request as it stands and gives the answer as it came. */
export interface Wire {
  send(request: Buffer): Promise<Answer>;
  close(): void;
}

export interface Answer {
  readonly status: number;
  readonly raw: Buffer;
}

const HEAD_END = '\r\n\r\n';
const LAST_CHUNK = Buffer.from('0\r\n\r\n');

/** Whether these bytes are a whole answer: its length is given, or its last chunk has come. */
function isWhole(raw: Buffer): boolean {
  const head = raw.indexOf(HEAD_END);
  if (head === -1) return false;
  const headers = raw.toString('latin1', 0, head);
  const length = /\r\ncontent-length: *(\d+)/i.exec(headers)?.[1];
  if (length !== undefined) return raw.length >= head + HEAD_END.length + Number(length);
  if (/\r\ntransfer-encoding: *chunked/i.test(headers))
    return raw.subarray(-LAST_CHUNK.length).equals(LAST_CHUNK);
  return /^HTTP\/1\.1 (?:204|304)/.test(headers);
}

/**
 * A client that costs next to nothing, so that what is measured is the server: no parser, no objects for each
 * request, one request at a time on each connection.
 */
export async function openWire(port: number): Promise<Wire> {
  const socket = connect({ port, host: '127.0.0.1', noDelay: true });
  await new Promise<void>((resolve, reject) => {
    socket.once('connect', resolve);
    socket.once('error', reject);
  });
  let parts: Buffer[] = [];
  let waiting: { resolve(answer: Answer): void; reject(error: Error): void } | undefined;
  socket.on('data', (part) => {
    parts.push(part);
    const raw = parts.length === 1 ? parts[0]! : Buffer.concat(parts);
    parts = [raw];
    if (!isWhole(raw)) return;
    parts = [];
    const answered = waiting;
    waiting = undefined;
    answered?.resolve({ status: Number(raw.toString('latin1', 9, 12)), raw });
  });
  const fail = (error?: Error) => {
    waiting?.reject(error ?? new Error('the server closed the connection'));
    waiting = undefined;
  };
  socket.on('error', fail);
  socket.on('close', () => fail());
  return {
    send: (request) =>
      new Promise((resolve, reject) => {
        if (socket.destroyed) return reject(new Error('the server has closed the connection'));
        waiting = { resolve, reject };
        return socket.write(request);
      }),
    close: () => socket.destroy(),
  };
}
