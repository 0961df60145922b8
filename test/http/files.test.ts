import type { AddressInfo } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { DAY } from '../../src/clock.ts';
import { notFound } from '../../src/errors.ts';
import { fileAddress, fileRoute } from '../../src/http/files.ts';
import { pictureAddress } from '../../src/http/pictures.ts';
import { createHttpServer } from '../../src/http/server.ts';
import { deriveKeys } from '../../src/keys.ts';
import { silentLog } from '../../src/log.ts';

const keys = deriveKeys(new Uint8Array(32).fill(3));
const time = { now: 1_000_000 };

async function serve(): Promise<string> {
  const make = async (org: string, document: string, args: object) => {
    if (document !== 'rubric') throw notFound(`There is no document ${document}.`);
    return `${org} ${JSON.stringify(args)}`;
  };
  const server = createHttpServer([fileRoute(keys, () => time.now, make)], silentLog);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const ask = { org: 'o1', file: 'a"\r\nb/../c.yaml', document: 'rubric', args: { version: 2 } };

test('a signed address hands out what it names, to be stored, for a day', async () => {
  const base = await serve();
  const address = fileAddress(keys, base, ask, time.now);
  const answer = await fetch(address);
  expect([answer.status, await answer.text()]).toEqual([200, 'o1 {"version":2}']);
  expect(answer.headers.get('content-disposition')).toBe('attachment; filename="a___b_.._c.yaml"');
  expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
  time.now += DAY + 1;
  expect((await fetch(address)).status).toBe(410);
});

test('nothing else is handed out', async () => {
  const base = await serve();
  const elsewhere = { name: 'rubric', args: {} };
  const picture = pictureAddress(keys, base, 'o1', elsewhere)
    .replace('/i/', '/f/')
    .replace(/\.png$/, '');
  const gone = fileAddress(keys, base, { ...ask, document: 'gone' }, time.now);
  for (const address of [`${base}/f/`, `${base}/f/x.y`, picture, `${gone}.x`, gone])
    expect((await fetch(address)).status).toBe(404);
});
