import { z } from 'zod';
import { orgById } from '../../db/orgs.ts';
import { seatsByIds } from '../../db/seats.ts';
import { readinessData } from '../cards/score.ts';
import { scorecardData } from '../cards/scorecard.ts';
import { readinessSvg, scorecardSvg } from '../charts/index.ts';
import type { App } from '../context.ts';
import { notFound } from '../errors.ts';
import { loadScores } from '../queries/score.ts';
import { loadScorecards } from '../queries/scorecard.ts';

type Draw = (app: App, org: string, args: unknown) => Promise<string>;

const definePicture =
  <A>(args: z.ZodType<A>, draw: (app: App, org: string, args: A) => Promise<string>): Draw =>
  (app, org, raw) =>
    draw(app, org, args.parse(raw));

const scorecard = definePicture(
  z.object({ seats: z.array(z.string()), title: z.string(), at: z.number() }),
  async (app, org, { seats: ids, title, at }) => {
    const db = app.store.read;
    const [found, seats] = await Promise.all([orgById(db, org), seatsByIds(db, org, ids)]);
    const shown = ids.flatMap((id) => seats.get(id) ?? []);
    return scorecardSvg(scorecardData(await loadScorecards(db, org, found!.zone, shown, at), title));
  },
);

const readiness = definePicture(z.object({ seat: z.string() }), async (app, org, { seat: id }) => {
  const db = app.store.read;
  const seat = (await seatsByIds(db, org, [id])).get(id);
  if (seat === undefined) throw notFound('This seat does not exist any more.');
  return readinessSvg(readinessData(await loadScores(db, org, seat)));
});

const PICTURES: Readonly<Record<string, Draw>> = { scorecard, readiness };

/** The SVG of a registered picture, from present data of the organisation. */
export async function drawPicture(app: App, org: string, name: string, args: unknown): Promise<string> {
  const draw = PICTURES[name];
  if (draw === undefined) throw notFound('There is no such picture.');
  return draw(app, org, args);
}
