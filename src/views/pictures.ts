import { z } from 'zod';
import { metricById } from '../../db/metrics.ts';
import { seatsByIds } from '../../db/seats.ts';
import { backtestPicture } from '../cards/backtest.ts';
import { behaviourData } from '../cards/behaviour.ts';
import { orgChartData } from '../cards/org-chart.ts';
import { readinessData } from '../cards/score.ts';
import { scorecardData } from '../cards/scorecard-picture.ts';
import { behaviourSvg, orgChartSvg, readinessSvg, scorecardSvg } from '../charts/index.ts';
import type { App } from '../context.ts';
import { backtest } from '../domain/drift/backtest.ts';
import { boundsOf } from '../domain/drift/bounds.ts';
import { MOST_PASTED, upTo, watchedOf } from '../domain/drift/pasted.ts';
import { DIRECTIONS } from '../domain/metric.ts';
import { CADENCES } from '../domain/period.ts';
import { notFound } from '../errors.ts';
import { loadBehaviour } from '../queries/drift.ts';
import { loadChartSeats } from '../queries/org-chart.ts';
import { loadScores } from '../queries/score.ts';
import { loadRows } from '../queries/rows.ts';
import { seenBy } from './reader.ts';

type Draw = (app: App, org: string, args: unknown) => Promise<string>;

const definePicture =
  <A>(args: z.ZodType<A>, draw: (app: App, org: string, args: A) => Promise<string>): Draw =>
  (app, org, raw) =>
    draw(app, org, args.parse(raw));

const scorecard = definePicture(
  z.object({
    metrics: z.array(z.string()),
    title: z.string(),
    named: z.boolean(),
    more: z.number(),
    at: z.number(),
  }),
  async (app, org, { metrics: ids, title, named, more, at }) => {
    const { weeks, rows } = await loadRows(app.store.read, org, ids, at);
    return scorecardSvg(scorecardData({ weeks, rows, title, named, more }));
  },
);

const readiness = definePicture(z.object({ seat: z.string() }), async (app, org, { seat: id }) => {
  const db = app.store.read;
  const seat = (await seatsByIds(db, org, [id])).get(id);
  if (seat === undefined) throw notFound('This seat does not exist any more.');
  return readinessSvg(readinessData(await loadScores(db, org, seat)));
});

/** The process-behaviour chart of a number; `at` only tells one week's picture from the next one's. */
const behaviour = definePicture(
  z.object({ metric: z.string(), at: z.number() }),
  async (app, org, { metric: id }) => {
    const db = app.store.read;
    const metric = await metricById(db, org, id);
    const seat =
      metric === undefined ? undefined : (await seatsByIds(db, org, [metric.seat])).get(metric.seat);
    if (metric === undefined || seat === undefined) throw notFound('This number does not exist any more.');
    return behaviourSvg(behaviourData(await loadBehaviour(db, org, seat, metric, app.clock.now())));
  },
);

/** Numbers that somebody pasted: they are kept nowhere, so they travel with the picture's address. */
const backtested = definePicture(
  z.object({
    name: z.string(),
    seat: z.string().optional(),
    unit: z.string(),
    cadence: z.enum(CADENCES),
    target: z
      .object({
        direction: z.enum(DIRECTIONS),
        target: z.number(),
        targetHigh: z.number().nullable(),
        tolerance: z.number(),
      })
      .nullable(),
    last: z.string(),
    values: z.array(z.number().nullable()).max(MOST_PASTED),
  }),
  (_app, _org, { name, seat, unit, cadence, target, last, values }) => {
    const history = watchedOf(upTo(last, cadence, values), target);
    const results = backtest(history, boundsOf(unit, values));
    const metric = { name, unit, cadence, source: 'chat' } as const;
    return Promise.resolve(behaviourSvg(backtestPicture({ metric, seatName: seat, history, results })));
  },
);

/** The seats that its reader was shown, and where each of them stands: what nobody showed them is not drawn. */
const orgChart = definePicture(
  z.object({
    title: z.string(),
    seats: z.array(z.string()),
    depths: z.array(z.number()),
    hidden: z.array(z.number()),
    more: z.number(),
    at: z.number(),
  }),
  async (app, org, { title, seats: ids, depths, hidden, more }) => {
    const known = await loadChartSeats(app.store.read, org, ids);
    const rows = ids.flatMap((id, i) => {
      const row = known.get(id);
      return row === undefined ? [] : [{ ...row, depth: depths[i] ?? 0, hidden: hidden[i] ?? 0 }];
    });
    return orgChartSvg(orgChartData(title, rows, more));
  },
);

const PICTURES: Readonly<Record<string, Draw>> = {
  scorecard,
  readiness,
  behaviour,
  backtest: backtested,
  'org-chart': orgChart,
};

/** The SVG of a registered picture, from present data of the organisation that its reader may see. */
export async function drawPicture(
  app: App,
  org: string,
  {
    name,
    args,
    reader,
  }: { readonly name: string; readonly args: unknown; readonly reader?: string | undefined },
): Promise<string> {
  const draw = PICTURES[name];
  if (draw === undefined) throw notFound('There is no such picture.');
  return draw(await seenBy(app, org, reader), org, args);
}
