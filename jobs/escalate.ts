import { escalationsDue, nextEscalationAt } from '../db/escalations.ts';
import { MOST_AT_ONCE, stepEscalations } from '../src/actions/escalation/index.ts';
import { sha256 } from '../src/ids.ts';
import type { Due, Job } from './job.ts';
import { performAsJob } from './perform-as.ts';

type Row = Awaited<ReturnType<typeof escalationsDue>>[number];

/** Runs the steps of escalations that are due, those of one organisation together. */
export const escalateJob: Job = {
  name: 'escalate',
  async due(db, now, limit) {
    const rows = await escalationsDue(db, now, limit);
    return [...Map.groupBy(rows, (row) => row.org).values()].flatMap((group) =>
      chunks(group, MOST_AT_ONCE).map(dueOf),
    );
  },
  next: nextEscalationAt,
  async run(app, { org, key, args }) {
    const due = JSON.parse(String(args['due'])) as readonly object[];
    try {
      await performAsJob(app, 'escalate', org, stepEscalations, { due }, key);
    } catch (error) {
      if (due.length === 1) throw error;
      // One that cannot take its step must not stop the others.
      app.log.warn({ err: error, together: due.length }, 'escalations take their steps one by one');
      const results = await Promise.allSettled(
        due.map((one) =>
          performAsJob(
            app,
            'escalate',
            org,
            stepEscalations,
            { due: [one] },
            sha256(JSON.stringify([key, one])),
          ),
        ),
      );
      const failed = results.filter((r) => r.status === 'rejected');
      if (failed.length > 0) {
        const reasons = failed.map((r): unknown => r.reason);
        throw new AggregateError(reasons, `${failed.length} escalations could not take their step`, {
          cause: error,
        });
      }
    }
  },
};

const chunks = <T>(rows: readonly T[], size: number): T[][] =>
  Array.from({ length: Math.ceil(rows.length / size) }, (_, i) => rows.slice(i * size, (i + 1) * size));

function dueOf(rows: readonly Row[]): Due {
  const due = JSON.stringify(rows.map(({ id, step, repeats }) => ({ escalation: id, step, repeats })));
  const at = rows.map((row) => row.nextAt).join();
  return { org: rows[0]!.org, key: sha256(`${due}${at}`), args: { due } };
}
