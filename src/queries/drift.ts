import { type Loaded, loadHistories } from '../../db/histories.ts';
import { type Issue, openIssueFor } from '../../db/issues.ts';
import type { Metric } from '../../db/metrics.ts';
import { orgById } from '../../db/orgs.ts';
import { personById } from '../../db/people.ts';
import type { Seat } from '../../db/seats.ts';
import type { Db } from '../../db/store.ts';
import type { Instant } from '../clock.ts';
import { type Watch, watch } from '../domain/drift/watch.ts';

/** A number's past as the drift detector sees it, for the process-behaviour chart. */
export interface Behaviour extends Watch, Pick<Loaded, 'history' | 'baseline' | 'options'> {
  readonly seat: Pick<Seat, 'key' | 'name'>;
  readonly metric: Metric;
  /** Who said where the baseline begins. */
  readonly baselineBy: string | undefined;
  readonly open: Issue | undefined;
}

/** The process-behaviour chart of one number: every signal that the detector sees in the window, oldest first. */
export async function loadBehaviour(
  db: Db,
  org: string,
  seat: Pick<Seat, 'id' | 'key' | 'name'>,
  metric: Metric,
  now: Instant,
): Promise<Behaviour> {
  const { zone } = (await orgById(db, org))!;
  const loaded = (await loadHistories(db, org, [metric], now, zone)).get(metric.id)!;
  const { history, baseline, options } = loaded;
  const by = baseline === undefined ? undefined : await personById(db, org, baseline.by);
  const { said: _, ...detecting } = options;
  return {
    ...watch(history.periods, detecting),
    seat,
    metric,
    history,
    options,
    baseline,
    baselineBy: by?.name,
    open: await openIssueFor(db, org, seat.id, metric.id),
  };
}
