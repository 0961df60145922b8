import { z } from 'zod';
import { rubricVersions } from '../../db/rubrics.ts';
import { scoreRequestById } from '../../db/scores.ts';
import { seatById } from '../../db/seats.ts';
import { proposalCard } from '../cards/rubric.ts';
import { scoreRequestCard } from '../cards/score-request.ts';
import type { App } from '../context.ts';
import { loadProposal } from '../queries/rubric.ts';
import { viewOfRequest } from '../queries/score.ts';
import { defineView } from './view.ts';

const args = z.object({ request: z.string() });

async function load(app: App, org: string, id: string) {
  const db = app.store.read;
  const request = await scoreRequestById(db, org, id);
  const seat = request === undefined ? undefined : await seatById(db, org, request.seat);
  return request === undefined || seat === undefined
    ? undefined
    : viewOfRequest(db, org, request, seat, app.clock.now());
}

const isOpen = async (app: App, org: string, { request }: z.output<typeof args>): Promise<boolean> =>
  (await scoreRequestById(app.store.read, org, request))?.state === 'open';

const requestView = (reminder: boolean) =>
  defineView({
    args,
    stillAsks: isOpen,
    async draw(app, org, { request }) {
      const view = await load(app, org, request);
      return view === undefined ? undefined : scoreRequestCard(view, reminder);
    },
  });

/** To a reviewer: a score is asked for, and once more a day before it is due. */
export const scoreRequestView = requestView(false);
export const scoreReminderView = requestView(true);

/** A proposed version of the rubric, to those who can approve it. */
export const rubricView = defineView({
  args: z.object({ key: z.string(), version: z.number() }),
  async draw(app, org, { key, version }) {
    const row = (await rubricVersions(app.store.read, org, key)).find((v) => v.version === version);
    return row === undefined ? undefined : proposalCard(await loadProposal(app.store.read, org, row));
  },
});
