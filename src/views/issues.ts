import { z } from 'zod';
import { governanceGroup, pingsOfGroup } from '../../db/escalations.ts';
import { issueCard } from '../cards/issue.ts';
import { governanceCard, governanceListCard, pingCard, pingsCard, vacantCard } from '../cards/ping.ts';
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
    const view = await loadIssue(app.store.read, org, issue, { now: app.clock.now() });
    return view === undefined ? undefined : issueCard(view);
  },
});

const unanswered = (app: App, org: string, from: number) =>
  governanceGroup(app.store.read, org, from, from + PING_GROUP);

/** Where the chain ends: all that nobody answered by one time stands in one message. */
export const governanceView = defineView({
  args: z.object({ from: z.number() }),
  urgent: true,
  stillAsks: async (app, org, { from }) =>
    (await unanswered(app, org, from)).some(({ issue }) => issue.state === 'open'),
  async draw(app, org, { from }) {
    const views = await viewsOf(
      app,
      org,
      (await unanswered(app, org, from)).map(({ issue }) => issue.id),
    );
    const [first] = views;
    if (first === undefined) return undefined;
    return views.length === 1 ? governanceCard(first) : governanceListCard(views);
  },
});

const viewsOf = async (app: App, org: string, issues: readonly string[]) =>
  (
    await Promise.all(
      [...new Set(issues)].map((id) => loadIssue(app.store.read, org, id, { now: app.clock.now() })),
    )
  ).filter((view) => view !== undefined);

interface AskedArgs {
  readonly person: string;
  readonly from: number;
  /** A critical issue, which stands alone. */
  readonly issue?: string | undefined;
}

const belongs =
  (args: AskedArgs) => (line: { readonly issue: { readonly id: string; readonly severity: number } }) =>
    args.issue === undefined ? line.issue.severity > 1 : line.issue.id === args.issue;

const asked = async (app: App, org: string, args: AskedArgs) =>
  (await loadAsked(app.store.read, org, args.person, args.from)).filter(belongs(args));

/** All that is asked of one person at one time: one issue gets the whole card, several share a message. */
export const pingsView = defineView({
  args: z.object({ person: z.string(), from: z.number(), issue: z.string().optional() }),
  urgent: true,
  stillAsks: async (app, org, args) =>
    (await asked(app, org, args)).some(({ issue }) => issue.state === 'open'),
  async draw(app, org, args) {
    const lines = await asked(app, org, args);
    const views = await viewsOf(
      app,
      org,
      lines.map(({ issue }) => issue.id),
    );
    const [first] = views;
    if (first === undefined) return undefined;
    return views.length === 1
      ? pingCard(first, lines[0]!.role)
      : pingsCard(
          views,
          lines.some(({ role }) => role === 'number'),
        );
  },
  /** The escalations do not wait for who will never see it. */
  async unreachable(tx, org, args) {
    const { person, from } = args;
    const rows = (await pingsOfGroup(tx, org, person, from, from + PING_GROUP)).filter(belongs(args));
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
