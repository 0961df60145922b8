import { type RequestListener, createServer } from 'node:http';
import type { AddressInfo, LookupFunction } from 'node:net';
import { describe, expect, onTestFinished, test } from 'vitest';
import { fetchOutside } from '../../src/http/outgoing.ts';
import { isPublicAddress } from '../../src/http/public-address.ts';

/** A server on this machine, and its port. */
async function serve(answer: RequestListener): Promise<number> {
  const server = createServer(answer);
  await new Promise<void>((ready) => void server.listen(0, '127.0.0.1', ready));
  onTestFinished(() => void server.close());
  return (server.address() as AddressInfo).port;
}

/** A resolver that gives these addresses, one list for each time it is asked. */
function resolves(...answers: readonly string[][]): LookupFunction & { readonly asked: string[] } {
  const asked: string[] = [];
  const lookup: LookupFunction = (name, _options, done) => {
    const list = answers[Math.min(asked.length, answers.length - 1)]!;
    asked.push(name);
    done(
      null,
      list.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })),
    );
  };
  return Object.assign(lookup, { asked });
}

const INSIDE = [
  '127.0.0.1',
  '127.9.9.9',
  '0.0.0.0',
  '10.0.0.1',
  '172.16.0.1',
  '192.168.1.1',
  '169.254.169.254',
  '100.64.0.1',
  '224.0.0.1',
  '255.255.255.255',
  '198.18.0.1',
  '::1',
  '::',
  'fe80::1',
  'fe80::1%eth0',
  'fc00::1',
  'ff02::1',
  '::ffff:127.0.0.1',
  '::ffff:10.0.0.1',
  '::127.0.0.1',
  '64:ff9b::7f00:1',
  '64:ff9b:1::7f00:1',
  '2002:7f00:1::',
  '2001::1',
  'not an address',
];

test.each(INSIDE)('%s is not on the public internet', (address) => {
  expect(isPublicAddress(address)).toBe(false);
});

test.each(['93.184.215.14', '8.8.8.8', '2606:2800:21f:cb07:6820:80da:af6b:8b2c', '::ffff:8.8.8.8'])(
  '%s is',
  (address) => {
    expect(isPublicAddress(address)).toBe(true);
  },
);

describe('an address that leads inside is refused', () => {
  const heard = async (url: (port: number) => string, lookup?: LookupFunction) => {
    let requests = 0;
    const port = await serve((_, response) => {
      requests += 1;
      response.end('inside');
    });
    const fault = await fetchOutside(url(port), lookup === undefined ? {} : { lookup }).then(
      ({ body }) => `answered: ${body}`,
      (error: unknown) => (error instanceof Error ? error.message : ''),
    );
    return { requests, fault };
  };
  const refused = { requests: 0, fault: 'it leads to an address that is not on the public internet' };

  test.each([
    'http://127.0.0.1',
    'http://2130706433',
    'http://0177.0.0.1',
    'http://0x7f.1',
    'http://0x7f000001',
    'http://127.1',
    'http://[::1]',
    'http://[::ffff:127.0.0.1]',
    'http://[::ffff:7f00:1]',
    'http://0',
    'http://①②⑦.0.0.1',
  ])('%s', async (base) => {
    expect(await heard((port) => `${base}:${port}/`)).toEqual(refused);
  });

  test('a name that resolves to it', async () => {
    expect(await heard((port) => `http://inside.example:${port}/`, resolves(['127.0.0.1']))).toEqual(refused);
  });

  test('a name of which one address of several is inside', async () => {
    const lookup = resolves(['93.184.215.14', '127.0.0.1']);
    expect(await heard((port) => `http://both.example:${port}/`, lookup)).toEqual(refused);
  });

  test('a name that is rebound: what is checked is what is connected to', async () => {
    // Whoever looked it up beforehand would have seen a public address.
    const lookup = resolves(['127.0.0.1'], ['93.184.215.14']);
    expect(await heard((port) => `http://rebound.example:${port}/`, lookup)).toEqual(refused);
    expect(lookup.asked).toEqual(['rebound.example']);
  });

  test.each([
    'file:///etc/passwd',
    'ftp://example.com',
    'gopher://example.com',
    'nonsense',
    'http://a:b@example.com/',
  ])('%s', async (url) => {
    await expect(fetchOutside(url)).rejects.toMatchObject({ code: 'unavailable' });
  });
});

describe('an address outside', () => {
  const mayConnect = (address: string) => address === '127.0.0.1';
  const lookup = resolves(['127.0.0.1']);

  test('answers with status and body', async () => {
    const seen: string[] = [];
    const port = await serve((request, response) => {
      seen.push(`${request.method} ${request.url} ${request.headers.host}`);
      request.resume().once('end', () => response.writeHead(201).end('fine'));
    });
    const answer = await fetchOutside(`http://out.example:${port}/ping?a=1`, {
      method: 'POST',
      body: '{}',
      mayConnect,
      lookup,
    });
    expect(answer).toEqual({ status: 201, body: 'fine' });
    expect(seen).toEqual([`POST /ping?a=1 out.example:${port}`]);
  });

  test('is not followed elsewhere', async () => {
    const port = await serve((_, response) =>
      response.writeHead(302, { location: 'http://127.0.0.1:1/' }).end(),
    );
    expect(await fetchOutside(`http://out.example:${port}/`, { mayConnect, lookup })).toMatchObject({
      status: 302,
    });
  });

  test('that says too much is cut off', async () => {
    const port = await serve((_, response) => {
      response.on('error', () => undefined);
      for (let i = 0; i < 100; i += 1) response.write('x'.repeat(10_000));
      response.end();
    });
    const { body } = await fetchOutside(`http://out.example:${port}/`, {
      mayConnect,
      lookup,
      maxBytes: 1000,
    });
    expect(body).toHaveLength(1000);
  });

  test('that says nothing is not waited for', async () => {
    const port = await serve(() => undefined);
    const asked = fetchOutside(`http://out.example:${port}/secret-token`, {
      mayConnect,
      lookup,
      timeoutMs: 50,
    });
    await expect(asked).rejects.toMatchObject({ code: 'unavailable', message: 'it did not answer in time' });
  });

  test('that is not there is told without its name', async () => {
    const asked = fetchOutside('http://out.example:1/secret-token', { mayConnect, lookup });
    await expect(asked).rejects.toMatchObject({ message: 'it cannot be reached (ECONNREFUSED)' });
  });
});
