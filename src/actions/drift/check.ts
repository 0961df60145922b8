import { setImmediate as nextTurn } from 'node:timers/promises';
import { z } from 'zod';
import { type Loaded, loadHistories } from '../../../db/histories.ts';
import { openForKey, openIssuesFor } from '../../../db/issues.ts';
import { metricsByIds } from '../../../db/metrics.ts';
import { orgById } from '../../../db/orgs.ts';
import { seatsByIds } from '../../../db/seats.ts';
import type { Db } from '../../../db/store.ts';
import { type FollowUp, defineAction } from '../action.ts';
import { onlyCoxswain } from '../allow.ts';
import { isNews, signalsOf } from './signals.ts';

/** As many metrics as one check looks at: a batch of readings asks for several checks. */
export const MOST_CHECKED = 500;

const input = z.object({
  /** Metric id and the key of the period for which a reading came, or did not come in time. */
  came: z.array(z.object({ metric: z.string(), period: z.string() })).max(MOST_CHECKED),
  /** Metric ids to look at whatever came: the nightly sweep. */
  sweep: z.array(z.string()).max(MOST_CHECKED).optional(),
  /** Person id of who logged the readings: they are not pinged about what they just did. */
  cause: z.string().optional(),
});

/** Metrics that are judged before others get a turn of the event loop: about ten milliseconds. */
const TURN = 25;

/** So few are looked at within about two milliseconds. */
const BRIEF = 5;

/**
 * Looks at metrics for which something came, or was awaited in vain: what drifts becomes a signal, what was missing may
 * be settled. Only the two newest periods are judged: a history that is filled in later opens nothing for old weeks.
 */
export const checkDrift = defineAction({
  name: 'drift.check',
  input,
  allow: onlyCoxswain,
  brief: ({ came, sweep = [] }) => came.length + sweep.length <= BRIEF,
  async run({ tx, org, now, input }) {
    const { zone } = (await orgById(tx, org))!;
    const metrics = await metricsByIds(tx, org, [...input.came.map((c) => c.metric), ...(input.sweep ?? [])]);
    const seats = await seatsByIds(
      tx,
      org,
      metrics.map((m) => m.seat),
    );
    const watched = metrics.filter((m) => m.active && seats.get(m.seat)?.stage !== 'retired');
    const loaded = await loadHistories(tx, org, watched, now, zone);
    const swept = new Set(input.sweep);
    const news = new Map<string, Loaded>();
    for (const one of loaded.values()) if (swept.has(one.metric.id)) news.set(one.metric.id, one);
    for (const { metric, period } of input.came) {
      const one = loaded.get(metric);
      if (one !== undefined && isNews(one, period)) news.set(metric, one);
    }
    const signals: FollowUp[] = [];
    let looked = 0;
    for (const one of news.values()) {
      if (looked % TURN === TURN - 1) await nextTurn();
      looked += 1;
      signals.push(...signalsOf(one, input.cause));
    }
    const settles = await settlesOf(tx, org, loaded, input.came);
    return {
      result: { checked: news.size, old: loaded.size - news.size, signals: signals.length },
      audit: {
        subject: 'drift',
        facts: {
          came: input.came.length,
          swept: swept.size,
          judged: news.size,
          old: loaded.size - news.size,
          signals: signals.length,
        },
      },
      followUps: [...signals, ...settles],
    };
  },
});

type Came = z.output<typeof input>['came'];

const keyOf = ({ metric }: Loaded): string => openForKey(metric.seat, metric.id);

/** Where an issue is open, it may have been about the number that came. */
async function settlesOf(
  tx: Db,
  org: string,
  loaded: ReadonlyMap<string, Loaded>,
  came: Came,
): Promise<FollowUp[]> {
  const open = await openIssuesFor(tx, org, [...loaded.values()].map(keyOf));
  return came.flatMap(({ metric, period }): FollowUp[] => {
    const about = loaded.get(metric);
    const reading = about?.readings.get(period);
    if (about === undefined || reading === undefined || !open.has(keyOf(about))) return [];
    return [{ action: 'issue.settle-missing', input: { metric }, key: `came:${reading.id}` }];
  });
}
