import { digestCard } from '../cards/digest.ts';
import { governanceCard, issueCard, pingCard, pingsCard, vacantCard } from '../cards/issue.ts';
import { offersCard } from '../cards/offers.ts';
import type { App } from '../context.ts';
import { loadDigest } from '../queries/digest.ts';
import { loadOffers } from '../queries/offers.ts';
import { type IssueView, loadIssue } from '../queries/issue.ts';
import { loadAsked, loadInVain } from '../queries/pings.ts';
import type { Card, JsonObject } from '../ui/card.ts';

/** Draws one message from present data; undefined when there is nothing to say any more. */
type View = (app: App, org: string, args: JsonObject) => Promise<Card | undefined>;

const aboutIssue =
  (draw: (view: IssueView, args: JsonObject) => Card): View =>
  async (app, org, args) => {
    const view = await loadIssue(app.store.read, org, String(args['issue']));
    return view === undefined ? undefined : draw(view, args);
  };

/** One issue gets the whole card, several share one message. */
const pings: View = async (app, org, args) => {
  const db = app.store.read;
  const asked = await loadAsked(db, org, String(args['person']), Number(args['from']));
  const views = await Promise.all(asked.map(({ issue }) => loadIssue(db, org, issue.id)));
  const shown = views.filter((view) => view !== undefined);
  if (shown.length === 0) return undefined;
  return shown.length === 1 ? pingCard(shown[0]!, asked[0]!.role) : pingsCard(shown);
};

const vacant: View = async (app, org, args) => {
  const found = await loadInVain(app.store.read, org, String(args['seat']), Number(args['from']));
  return found === undefined ? undefined : vacantCard(found);
};

const digest: View = async (app, org, args) => {
  const view = await loadDigest(app.store.read, org, String(args['channel']), Number(args['at']));
  return digestCard(view, args['late'] === true);
};

const offers: View = async (app, org, args) => {
  const found = await loadOffers(app.store.read, org, String(args['person']), String(args['day']));
  return found.length === 0 ? undefined : offersCard(found);
};

const VIEWS: Readonly<Record<string, View>> = {
  issue: aboutIssue(issueCard),
  pings,
  vacant,
  governance: aboutIssue((view, args) => governanceCard(view, Number(args['repeat']))),
  digest,
  offers,
};

/** Views that are sent again, marked *may repeat*, rather than lost. */
export const URGENT: ReadonlySet<string> = new Set(['pings', 'governance']);

/** Whether a message that asks for something still has something to ask: otherwise its first post is not worth it. */
async function stillAsks(app: App, org: string, { view, args }: Shown): Promise<boolean> {
  const db = app.store.read;
  if (view === 'governance') return (await loadIssue(db, org, String(args['issue'])))?.issue.state === 'open';
  if (view !== 'pings') return true;
  const asked = await loadAsked(db, org, String(args['person']), Number(args['from']));
  return asked.some(({ issue }) => issue.state === 'open');
}

interface Shown {
  readonly view: string;
  readonly args: JsonObject;
  readonly shown: number;
}

export async function drawView(app: App, org: string, message: Shown): Promise<Card | undefined> {
  const view = VIEWS[message.view];
  if (view === undefined) throw new Error(`no view is called ${message.view}`);
  if (message.shown === 0 && !(await stillAsks(app, org, message))) return undefined;
  return view(app, org, message.args);
}
