import type { IncomingMessage, ServerResponse } from 'node:http';

export interface Live {
  /** Keeps a page informed until it goes away. */
  connect(req: IncomingMessage, res: ServerResponse): void;
  send(event: unknown): void;
  close(): void;
}

/** Server-sent events to every open page. */
export function createLive(): Live {
  const open = new Set<ServerResponse>();
  return {
    connect(req, res) {
      res.writeHead(200, {
        'content-type': 'text/event-stream',
        'cache-control': 'no-store',
        'x-accel-buffering': 'no',
      });
      res.write('retry: 1000\n\n');
      open.add(res);
      req.on('close', () => open.delete(res));
    },
    send(event) {
      for (const res of open) res.write(`data: ${JSON.stringify(event)}\n\n`);
    },
    close() {
      for (const res of open) res.end();
      open.clear();
    },
  };
}
