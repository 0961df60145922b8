import { digestCard } from '../cards/digest.ts';
import { governanceCard, issueCard, pingCard, vacantCard } from '../cards/issue.ts';
import { offersCard } from '../cards/offers.ts';
import type { App } from '../context.ts';
import { OWNER_ROLES } from '../domain/seat.ts';
import { loadDigest } from '../queries/digest.ts';
import { loadOffers } from '../queries/offers.ts';
import { type IssueView, loadIssue } from '../queries/issue.ts';
import type { Card, JsonObject } from '../ui/card.ts';

/** Draws one message from present data; undefined when there is nothing to say any more. */
type View = (app: App, org: string, args: JsonObject) => Promise<Card | undefined>;

const aboutIssue =
  (draw: (view: IssueView, args: JsonObject) => Card): View =>
  async (app, org, args) => {
    const view = await loadIssue(app.store.read, org, String(args['issue']));
    return view === undefined ? undefined : draw(view, args);
  };

/** A ping that was not sent before somebody answered is not sent at all: see `unsent`. */
const ping = aboutIssue((view, args) => pingCard(view, OWNER_ROLES.find((r) => r === args['role']) ?? 'accountable'));

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
  ping,
  vacant: aboutIssue(vacantCard),
  governance: aboutIssue((view, args) => governanceCard(view, Number(args['repeat']))),
  digest,
  offers,
};

/** Views that are only worth a first post while they still ask for something. */
const ASKING = new Set(['ping', 'governance']);

/** Views that are sent again, marked *may repeat*, rather than lost. */
export const URGENT: ReadonlySet<string> = ASKING;

interface Shown {
  readonly view: string;
  readonly args: JsonObject;
  readonly shown: number;
}

export async function drawView(app: App, org: string, message: Shown): Promise<Card | undefined> {
  const view = VIEWS[message.view];
  if (view === undefined) throw new Error(`no view is called ${message.view}`);
  if (message.shown === 0 && ASKING.has(message.view)) {
    const about = await loadIssue(app.store.read, org, String(message.args['issue']));
    if (about?.issue.state !== 'open') return undefined;
  }
  return view(app, org, message.args);
}
