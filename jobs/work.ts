import { messagesDue, nextMessageAt } from '../db/messages.ts';
import { nextFollowUpAt } from '../db/work.ts';
import { MINUTE, type Instant } from '../src/clock.ts';
import type { App } from '../src/context.ts';
import type { Send } from '../src/messages/sender.ts';
import { dueFollowUps, runFollowUp } from './follow-ups.ts';
import { JOBS } from './index.ts';

/** One row that is due. It carries ids only: whoever runs it reads the row and finds out whether it still is. */
export type Work =
  | { readonly kind: 'follow-up' | 'message'; readonly org: string; readonly id: string }
  | {
      readonly kind: 'job';
      readonly job: string;
      readonly org: string;
      readonly key: string;
      readonly args: Readonly<Record<string, string | number>>;
    };

export const workKey = (work: Work): string =>
  work.kind === 'job' ? `${work.job}:${work.key}` : `${work.kind}:${work.id}`;

/** What is due now, on business and wall time: duties and follow-ups first, since they raise messages. */
export async function findWork(app: App, limit: number): Promise<Work[]> {
  const { read } = app.store;
  const now = app.clock.now();
  const work: Work[] = [];
  for (const job of JOBS) {
    for (const due of await job.due(read, now, limit)) work.push({ kind: 'job', job: job.name, ...due });
  }
  for (const row of await dueFollowUps(app, limit)) work.push({ kind: 'follow-up', ...row });
  for (const row of await messagesDue(read, now, app.wall.now(), limit))
    work.push({ kind: 'message', ...row });
  return work;
}

/** Runs one row. Throws only when a duty fails; the caller logs it and leaves it due. */
export async function runWork(app: App, send: Send, work: Work): Promise<void> {
  switch (work.kind) {
    case 'message':
      return send(work);
    case 'follow-up':
      return runFollowUp(app, work);
    case 'job': {
      const job = JOBS.find((j) => j.name === work.job);
      if (job === undefined) throw new Error(`no duty is called ${work.job}`);
      return job.run(app, work);
    }
    default:
      return work satisfies never;
  }
}

/** The next business instant at which anything becomes due, for a clock that is moved by hand. */
export async function nextDue(app: App): Promise<Instant | undefined> {
  const now = app.clock.now();
  const db = app.store.read;
  const candidates = [
    ...(await Promise.all(JOBS.map((job) => job.next(db, now)))),
    await nextFollowUpAt(db, now),
    await nextMessageAt(db, now),
  ].filter((at) => at !== undefined);
  return candidates.length === 0 ? undefined : Math.min(...candidates);
}

/** A duty that failed is left alone for this long, so that it does not fill the log every second. */
export const FAILED_PAUSE = MINUTE / 2;
