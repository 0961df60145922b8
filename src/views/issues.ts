import { z } from 'zod';
import { issueCard } from '../cards/issue.ts';
import { loadIssue } from '../queries/issue.ts';
import { defineView } from './view.ts';

/** In the seat's channel. */
export const issueView = defineView({
  args: z.object({ issue: z.string() }),
  async draw(app, org, { issue }) {
    const view = await loadIssue(app.store.read, org, issue, { now: app.clock.now(), chart: true });
    return view === undefined ? undefined : issueCard(view);
  },
});
