import { z } from 'zod';
import { type Got, got, problem, problemSchema } from '../api/problem.ts';
import type { Json } from '../ui/card.ts';
import type { Backend } from './tools.ts';

const TIMEOUT_MS = 30_000;

const seatPath = (seat: string) => `/seats/${encodeURIComponent(seat)}`;

/** The tools by the HTTP API of a running Coxswain. */
export function remoteBackend(base: string, token: string): Backend {
  async function call(method: 'GET' | 'POST', path: string, body?: object, key?: string): Promise<Got<Json>> {
    const answered = await fetch(`${base}/api/v1${path}`, {
      method,
      redirect: 'error',
      signal: AbortSignal.timeout(TIMEOUT_MS),
      headers: {
        authorization: `Bearer ${token}`,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...(key === undefined ? {} : { 'idempotency-key': key }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    }).catch(() => undefined);
    if (answered === undefined)
      return problem(503, `Coxswain does not answer at ${base}. Check COXSWAIN_URL, and that it runs.`);
    const said: unknown = await answered.json().catch(() => undefined);
    if (answered.ok) return got(z.json().parse(said) as Json);
    const told = problemSchema.safeParse(said);
    if (!told.success) return problem(answered.status, `What answers at ${base} is not Coxswain.`);
    const { detail, errors } = told.data;
    return problem(answered.status, detail, errors === undefined ? {} : { errors });
  }
  return {
    readSeat: (seat) => call('GET', seatPath(seat)),
    listNumbers: (seat) => call('GET', `${seatPath(seat)}/metrics`),
    logReading: (reading, key) => call('POST', '/readings', reading, key),
    raiseIssue: (issue, key) => call('POST', '/issues', issue, key),
  };
}
