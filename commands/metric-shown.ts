import { needAnyMetric, needSeat } from '../src/actions/find.ts';
import { metricCard } from '../src/cards/metric.ts';
import { loadMetric } from '../src/queries/metric.ts';
import type { Card } from '../src/ui/card.ts';
import type { Asked } from './command.ts';

/** The card of a number as it is now. */
export async function shownMetric(asked: Asked, seatKey: string, key: string): Promise<Card> {
  const db = asked.store.read;
  const seat = await needSeat(db, asked.org, seatKey);
  const metric = await needAnyMetric(db, asked.org, seat, key);
  return metricCard(await loadMetric(db, asked.org, asked.zone, seat, metric));
}
