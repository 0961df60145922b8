import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { expect, onTestFinished, test } from 'vitest';
import { closeServer } from '../../src/http/close.ts';
import { type Route, createHttpServer, sendText } from '../../src/http/server.ts';
import { silentLog } from '../../src/log.ts';

async function listening(routes: readonly Route[]) {
  const server = createHttpServer(routes, silentLog);
  await once(server.listen(0, '127.0.0.1'), 'listening');
  onTestFinished(() => server.closeAllConnections());
  return { server, port: (server.address() as AddressInfo).port };
}

async function halfSent(port: number, part: string) {
  const socket = connect(port, '127.0.0.1');
  await once(socket, 'connect');
  socket.on('error', () => undefined);
  socket.write(part);
  return socket;
}

test.each([
  ['headers', 'POST /slack/events HTTP/1.1\r\nHost: x\r\n'],
  ['a body', 'POST /slack/events HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\nhalf of'],
])('a request with half of %s does not hold the process', async (_, part) => {
  const { server, port } = await listening([
    { path: '/slack/events', handle: async (req, res) => sendText(res, 200, await text(req)) },
  ]);
  const accepted = once(server, 'connection');
  const socket = await halfSent(port, part);
  await accepted;
  const cut = once(socket, 'close');
  await closeServer(server, 50);
  await cut;
  expect(server.listening).toBe(false);
});

test('a request that is under way is answered before the server closes', async () => {
  const begun = Promise.withResolvers<void>();
  const finish = Promise.withResolvers<void>();
  const { server, port } = await listening([
    {
      path: '/',
      async handle(_, res) {
        begun.resolve();
        await finish.promise;
        sendText(res, 200, 'done');
      },
    },
  ]);
  const answer = fetch(`http://127.0.0.1:${port}/`).then((response) => response.text());
  await begun.promise;
  const closed = closeServer(server, 60_000);
  finish.resolve();
  expect(await answer).toBe('done');
  await closed;
});
