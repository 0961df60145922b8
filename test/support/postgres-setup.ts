import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { TestProject } from 'vitest/node';
import { startPostgres, type PostgresServer } from './postgres-server.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** Answers with the URL of the run's PostgreSQL, and starts it for the first who asks. */
    postgres: string;
  }
}

/**
 * One PostgreSQL for the whole run, owned by the main process, since workers come and go with their files. It is
 * started for the first test that asks, so a run without such a test does not pay for it.
 */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  let started: Promise<PostgresServer> | undefined;
  const desk = createServer((_, res) => {
    started ??= startPostgres();
    started.then(
      (server) => res.end(server.url),
      (error: unknown) => res.writeHead(500).end(String(error)),
    );
  });
  desk.listen(0, '127.0.0.1');
  await once(desk, 'listening');
  // Guarantee of the cast: a server that listens on TCP has an address of this shape.
  const { port } = desk.address() as AddressInfo;
  project.provide('postgres', `http://127.0.0.1:${port}/`);

  return async () => {
    desk.close();
    desk.closeAllConnections();
    await started?.then(
      (server) => server.stop(),
      () => undefined,
    );
  };
}
