import type { App } from '../context.ts';
import { orgById } from '../../db/orgs.ts';
import { type Route, sendJson } from './server.ts';

/** `/healthz`: the process answers. `/readyz`: it can also read its database. */
export function healthRoutes(app: App): Route[] {
  return [
    { path: '/healthz', handle: (_req, res) => sendJson(res, 200, { ok: true }) },
    {
      path: '/readyz',
      async handle(_req, res) {
        try {
          await orgById(app.store.read, '');
          sendJson(res, 200, { ok: true });
        } catch {
          sendJson(res, 503, { ok: false, why: 'the database does not answer' });
        }
      },
    },
  ];
}
