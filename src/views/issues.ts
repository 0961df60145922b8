import { z } from 'zod';
import { pingsOfGroup } from '../../db/issues.ts';
import { governanceCard, issueCard, pingCard, pingsCard, vacantCard } from '../cards/issue.ts';
import type { App } from '../context.ts';
import { PING_GROUP } from '../domain/escalation.ts';
import { loadIssue } from '../queries/issue.ts';
import { loadAsked, loadInVain } from '../queries/pings.ts';
import { defineView } from './view.ts';

const issueArgs = z.object({ issue: z.string() });

/** In the seat's channel. */
export const issueView = defineView({
  args: issueArgs,
  async draw(app, org, { issue }) {
    const view = await loadIssue(app.store.read, org, issue);
    return view === undefined ? undefined : issueCard(view);
  },
});

/** Where the chain ends. */
export const governanceView = defineView({
  args: issueArgs.extend({ repeat: z.number() }),
  urgent: true,
  stillAsks: async (app, org, { issue }) => (await loadIssue(app.store.read, org, issue))?.issue.state === 'open',
  async draw(app, org, { issue, repeat }) {
    const view = await loadIssue(app.store.read, org, issue);
    return view === undefined ? undefined : governanceCard(view, repeat);
  },
});

const asked = (app: App, org: string, { person, from }: { person: string; from: number }) =>
  loadAsked(app.store.read, org, person, from);

/** All that is asked of one person at one time: one issue gets the whole card, several share a message. */
export const pingsView = defineView({
  args: z.object({ person: z.string(), from: z.number() }),
  urgent: true,
  stillAsks: async (app, org, args) => (await asked(app, org, args)).some(({ issue }) => issue.state === 'open'),
  async draw(app, org, args) {
    const lines = await asked(app, org, args);
    const views = (await Promise.all(lines.map(({ issue }) => loadIssue(app.store.read, org, issue.id)))).filter(
      (view) => view !== undefined,
    );
    const [first] = views;
    if (first === undefined) return undefined;
    return views.length === 1 ? pingCard(first, lines[0]!.role) : pingsCard(views);
  },
  /** The escalations do not wait for who will never see it. */
  async unreachable(tx, org, { person, from }) {
    const rows = await pingsOfGroup(tx, org, person, from, from + PING_GROUP);
    return rows.map(({ ping, issue }) => ({
      action: 'escalation.unreachable',
      input: { issue: issue.id, person },
      key: `unreachable:${ping.id}`,
    }));
  },
});

/** In the seat's channel: who could not be asked. */
export const vacantView = defineView({
  args: z.object({ seat: z.string(), from: z.number() }),
  async draw(app, org, { seat, from }) {
    const found = await loadInVain(app.store.read, org, seat, from);
    return found === undefined ? undefined : vacantCard(found);
  },
});
