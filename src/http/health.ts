import { type Route, sendJson } from './server.ts';

/** `/healthz`: the process answers. `/readyz`: what it needs answers too, as `ready` finds out. */
export function healthRoutes(ready: () => Promise<unknown>): Route[] {
  return [
    { path: '/healthz', handle: (_req, res) => sendJson(res, 200, { ok: true }) },
    {
      path: '/readyz',
      async handle(_req, res) {
        try {
          await ready();
          sendJson(res, 200, { ok: true });
        } catch {
          sendJson(res, 503, { ok: false, why: 'the database does not answer' });
        }
      },
    },
  ];
}
