import type { Instant } from '../../clock.ts';
import type { Db } from '../../../db/store.ts';
import { newId } from '../../ids.ts';

interface NewBaseline {
  readonly org: string;
  /** Metric id. */
  readonly metric: string;
  /** Start of the first period that belongs to the new baseline. */
  readonly from: Instant;
  readonly at: Instant;
  /** Person id: Coxswain never does this by itself. */
  readonly by: string;
  readonly reason: string;
  /** The issue that was solved as the new normal. */
  readonly issue?: string | null;
}

/** From now on the metric is judged against its readings since `from`; earlier baselines are kept as history. */
export async function rebaseline(tx: Db, { issue = null, ...row }: NewBaseline): Promise<void> {
  await tx.insert(tx.t.baselines).values({ ...row, id: newId(), issue });
}
