import { type Route, sendJson } from './server.ts';

/** What a process is about: it takes requests of machines that balance load only while it works. */
export type Phase = 'starting' | 'working' | 'stopping';

/** A scheduler looks every second; one that has not for this long does not do what is due. In ms. */
const SILENCE = 60_000;

export interface Life {
  readonly phase: Phase;
  /** Milliseconds since the scheduler last looked for work; undefined before the first time. */
  readonly silence: number | undefined;
  /** Rejects when the database does not answer. */
  readonly database: () => Promise<unknown>;
}

/** Why this process should get no requests now; undefined when it is ready. */
async function unready({ phase, silence, database }: Life): Promise<string | undefined> {
  if (phase !== 'working') return `it is ${phase}`;
  if (silence !== undefined && silence > SILENCE) return 'its scheduler stands still';
  try {
    await database();
    return undefined;
  } catch {
    return 'the database does not answer';
  }
}

/** `/healthz`: the process answers. `/readyz`: it also works, and what it needs answers too. */
export function healthRoutes(life: () => Life): Route[] {
  return [
    { path: '/healthz', handle: (_req, res) => sendJson(res, 200, { ok: true }) },
    {
      path: '/readyz',
      async handle(_req, res) {
        const why = await unready(life());
        if (why === undefined) sendJson(res, 200, { ok: true });
        else sendJson(res, 503, { ok: false, why });
      },
    },
  ];
}
