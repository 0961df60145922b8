import { createHash } from 'node:crypto';
import { EventEmitter, once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';

/** RFC 6455, 1.3: what a server adds to the key of a client before it hashes it. */
const GUID = '258EAFA5-E914-47DA-95CA-C5AB0DC85B11';
const TEXT = 0x81;
const CLOSE = 0x88;

function frame(head: number, text: string): Buffer {
  const payload = Buffer.from(text);
  const long = payload.length > 125;
  const header = Buffer.alloc(long ? 4 : 2);
  header[0] = head;
  header[1] = long ? 126 : payload.length;
  if (long) header.writeUInt16BE(payload.length, 2);
  return Buffer.concat([header, payload]);
}

/** The first frame of a client, unmasked, and how long it was; undefined while it has not all come. */
function firstFrame(bytes: Buffer): { head: number; text: string; size: number } | undefined {
  if (bytes.length < 2) return undefined;
  const short = bytes[1]! & 0x7f;
  const at = short === 126 ? 4 : 2;
  if (bytes.length < at) return undefined;
  const length = short === 126 ? bytes.readUInt16BE(2) : short;
  if (bytes.length < at + 4 + length) return undefined;
  const mask = bytes.subarray(at, at + 4);
  const text = bytes.subarray(at + 4, at + 4 + length).map((byte, i) => byte ^ mask[i % 4]!);
  return { head: bytes[0]!, text: Buffer.from(text).toString(), size: at + 4 + length };
}

/** Slack's end of Socket Mode: a WebSocket that says hello, sends envelopes and hears acknowledgements up to 64 KB. */
export async function startLink() {
  const heard = new EventEmitter();
  const links = new Set<Duplex>();
  const server = createServer();
  server.on('upgrade', (req, link: Duplex) => {
    const accept = createHash('sha1').update(`${req.headers['sec-websocket-key']}${GUID}`).digest('base64');
    link.write(
      `HTTP/1.1 101 Switching Protocols\r\nupgrade: websocket\r\nconnection: Upgrade\r\nsec-websocket-accept: ${accept}\r\n\r\n`,
    );
    links.add(link);
    link.on('close', () => links.delete(link)).on('error', () => {});
    let rest = Buffer.alloc(0);
    link.on('data', (chunk: Buffer) => {
      rest = Buffer.concat([rest, chunk]);
      for (let next = firstFrame(rest); next !== undefined; next = firstFrame(rest)) {
        rest = rest.subarray(next.size);
        if (next.head === TEXT) heard.emit('ack', JSON.parse(next.text));
        if (next.head === CLOSE) link.end(frame(CLOSE, ''));
      }
    });
    link.write(frame(TEXT, JSON.stringify({ type: 'hello', num_connections: 1 })));
    heard.emit('open');
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const send = (envelope: object) => {
    for (const link of links) link.write(frame(TEXT, JSON.stringify(envelope)));
  };
  return {
    url: `ws://127.0.0.1:${(server.address() as AddressInfo).port}/link`,
    send,
    /** Resolves with the acknowledgement of what is sent. */
    async ask(type: string, payload: object): Promise<{ envelope_id: string; payload: object }> {
      const answer = once(heard, 'ack');
      send({ type, payload, envelope_id: 'e1', accepts_response_payload: true });
      const [ack] = await answer;
      return ack;
    },
    /** Resolves when the next connection is open. */
    opened: () => once(heard, 'open'),
    /** The line is cut, without a word. */
    cut: () => links.forEach((link) => link.destroy()),
    close() {
      links.forEach((link) => link.destroy());
      server.close();
    },
  };
}
