import { randomUUID } from 'node:crypto';
import { Client, escapeIdentifier } from 'pg';
import { inject } from 'vitest';

/** What the databases of many tests begin with (usually: all migrations), made once per run and then copied. */
export interface Template {
  /** Tells templates apart; the same name must always mean the same content. */
  readonly name: string;
  /** Fills the empty database at `url` and closes every connection to it. */
  fill(url: string): Promise<void>;
}

/**
 * The URL of a new database on the run's PostgreSQL: empty, or a copy of `template`. Nobody else uses it, and it
 * goes with the server at the end of the run.
 */
export async function freshPostgres(template?: Template): Promise<string> {
  const admin = await serverUrl();
  const client = new Client({ connectionString: admin });
  await client.connect();
  try {
    const source = template === undefined ? 'template0' : await filled(client, admin, template);
    const name = `test_${randomUUID()}`;
    await create(client, name, source);
    return databaseUrl(admin, name);
  } finally {
    await client.end();
  }
}

async function serverUrl(): Promise<string> {
  const answer = await fetch(inject('postgres'));
  const text = await answer.text();
  if (!answer.ok) throw new Error(`There is no PostgreSQL to test with: ${text}`);
  return text;
}

/** Test files run side by side: whoever has the lock first makes the template, the others find it. */
async function filled(client: Client, admin: string, { name, fill }: Template): Promise<string> {
  const database = `template_${name}`;
  await client.query('select pg_advisory_lock(1)');
  try {
    const found = await client.query('select 1 from pg_database where datname = $1', [database]);
    if (found.rowCount === 0) {
      // Under another name until it is complete, so that a fill that throws leaves no half template.
      const draft = `draft_${randomUUID()}`;
      await create(client, draft, 'template0');
      await fill(databaseUrl(admin, draft));
      await client.query(`alter database ${escapeIdentifier(draft)} rename to ${escapeIdentifier(database)}`);
    }
  } finally {
    await client.query('select pg_advisory_unlock(1)');
  }
  return database;
}

const create = (client: Client, name: string, source: string) =>
  client.query(`create database ${escapeIdentifier(name)} template ${escapeIdentifier(source)}`);

function databaseUrl(admin: string, name: string): string {
  const url = new URL(admin);
  url.pathname = `/${name}`;
  return url.href;
}
