import type { Server } from 'node:http';

const LOOK_EVERY_MS = 50;

/**
 * Takes no new connections, lets requests that are under way finish for at most `graceMs`, then cuts off what is
 * left: one request that was sent by half would hold the process for ever.
 */
export function closeServer(server: Server, graceMs: number): Promise<void> {
  return new Promise((done) => {
    const cut = setTimeout(() => server.closeAllConnections(), graceMs);
    // A client may keep its connection open after the last answer; Node does not close that by itself.
    const tidy = setInterval(() => server.closeIdleConnections(), LOOK_EVERY_MS);
    server.close(() => {
      clearTimeout(cut);
      clearInterval(tidy);
      done();
    });
    server.closeIdleConnections();
  });
}
