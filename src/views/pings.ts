import { z } from 'zod';
import { entriesAbout } from '../../db/audit.ts';
import { channelGroup, pingsOfGroup } from '../../db/escalations.ts';
import { orgById } from '../../db/orgs.ts';
import { seatsByIds } from '../../db/seats.ts';
import { mendedCard } from '../cards/escalation.ts';
import { pingCard, pingsCard, waits } from '../cards/ping.ts';
import { channelAskedCard, governanceCard, heldCard, vacantCard } from '../cards/ping-channel.ts';
import type { App } from '../context.ts';
import { PING_GROUP, type PingTarget, mendedSubject } from '../domain/escalation.ts';
import { type IssueView, loadIssue } from '../queries/issue.ts';
import { loadAsked, loadInVain } from '../queries/pings.ts';
import type { Card } from '../ui/card.ts';
import { defineView } from './view.ts';

const viewsOf = async (app: App, org: string, issues: readonly string[]) =>
  (
    await Promise.all(
      [...new Set(issues)].map((id) => loadIssue(app.store.read, org, id, { now: app.clock.now() })),
    )
  ).filter((view) => view !== undefined);

const channelArgs = z.object({
  from: z.number(),
  channel: z.string().optional(),
  /** To a governor in person, about this one alone. */
  issue: z.string().optional(),
});
type ChannelArgs = z.output<typeof channelArgs>;
type Told = { readonly target: PingTarget; readonly outcome: 'pinged' | 'away' };

/** Issues told in this channel at one time. Without a governance channel, chains end in the seats' own. */
async function toldIn(app: App, org: string, told: Told, { from, channel, issue: one }: ChannelArgs) {
  const db = app.store.read;
  const issues = (await channelGroup(db, org, told, from, from + PING_GROUP))
    .map(({ issue }) => issue)
    .filter(({ id }) => one === undefined || id === one);
  if (told.target !== 'governance channel' || channel === undefined) return issues;
  if (((await orgById(db, org))?.governanceChannel ?? null) !== null) return issues;
  const seats = await seatsByIds(
    db,
    org,
    issues.map((i) => i.seat),
  );
  return issues.filter((i) => seats.get(i.seat)?.channel === channel);
}

/** A message in a channel about all that was told there at one time. */
const channelView = (told: (args: ChannelArgs) => Told, draw: (views: readonly IssueView[]) => Card) =>
  defineView({
    args: channelArgs,
    urgent: true,
    stillAsks: async (app, org, args) =>
      (await toldIn(app, org, told(args), args)).some(({ state }) => state === 'open'),
    async draw(app, org, args) {
      const issues = await toldIn(app, org, told(args), args);
      const views = await viewsOf(
        app,
        org,
        issues.map(({ id }) => id),
      );
      return views.length === 0 ? undefined : draw(views);
    },
  });

/** Where the chain ends: all that nobody answered by one time stands in one message. */
export const governanceView = channelView(
  () => ({ target: 'governance channel', outcome: 'pinged' }),
  governanceCard,
);

/** Nobody is on duty, so it waits for the morning. */
export const heldView = channelView(() => ({ target: 'governance channel', outcome: 'away' }), heldCard);

/** A step that asks a channel. */
export const channelAskedView = channelView(
  ({ channel }) => ({ target: `channel:${channel ?? ''}`, outcome: 'pinged' }),
  channelAskedCard,
);

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
    (await asked(app, org, args)).some(({ asking, issue }) => waits(asking, { issue })),
  async draw(app, org, args) {
    const lines = new Map((await asked(app, org, args)).map((line) => [line.issue.id, line.asking]));
    const views = await viewsOf(app, org, [...lines.keys()]);
    const all = views.map((view) => ({ view, asking: lines.get(view.issue.id)! }));
    const [first] = all;
    if (first === undefined) return undefined;
    return all.length === 1 ? pingCard(first.view, first.asking) : pingsCard(all);
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

/** To the admins, once a day: chains that had stopped. */
export const mendedView = defineView({
  args: z.object({ day: z.number() }),
  async draw(app, org, { day }) {
    const entries = await entriesAbout(app.store.read, org, mendedSubject(day), 50);
    const refs = entries.flatMap(({ facts: { ref } }) => (typeof ref === 'string' ? [ref] : []));
    return refs.length === 0 ? undefined : mendedCard([...new Set(refs)]);
  },
});
