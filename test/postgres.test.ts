import { Client } from 'pg';
import { expect, test } from 'vitest';
import { freshPostgres, type Template } from './support/postgres.ts';

async function ask<Row extends object>(url: string, sql: string): Promise<Row[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<Row>(sql)).rows;
  } finally {
    await client.end();
  }
}

const tables = (url: string) =>
  ask<{ name: string }>(url, `select tablename as name from pg_tables where schemaname = 'public'`);

test('every test gets an empty PostgreSQL 18 of its own', async () => {
  const [one, two] = await Promise.all([freshPostgres(), freshPostgres()]);
  await ask(one, 'create table seat (id text)');
  expect(await tables(one)).toEqual([{ name: 'seat' }]);
  expect(await tables(two)).toEqual([]);
  expect(await ask(two, `select current_setting('server_version_num')::int / 10000 as major`)).toEqual([
    { major: 18 },
  ]);
});

test('text sorts as on most servers, not by bytes', async () => {
  const sorted = await ask(
    await freshPostgres(),
    `select t from (values ('b'), ('A'), ('a'), ('B')) v(t) order by t`,
  );
  expect(sorted.map((row) => Object.values(row)[0])).toEqual(['a', 'A', 'b', 'B']);
});

test('a template is filled once and copied for everybody who asks', async () => {
  let fills = 0;
  const template: Template = {
    name: 'once',
    async fill(url) {
      fills += 1;
      await ask(url, 'create table seat (id text)');
    },
  };
  const urls = await Promise.all([freshPostgres(template), freshPostgres(template), freshPostgres(template)]);
  expect(fills).toBe(1);
  expect(new Set(urls).size).toBe(3);
  for (const url of urls) expect(await tables(url)).toEqual([{ name: 'seat' }]);
});

test('a template that could not be filled is tried again', async () => {
  let attempts = 0;
  const template: Template = {
    name: 'second try',
    async fill() {
      attempts += 1;
      if (attempts === 1) throw new Error('half way');
    },
  };
  await expect(freshPostgres(template)).rejects.toThrow('half way');
  expect(await tables(await freshPostgres(template))).toEqual([]);
});
