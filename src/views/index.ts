import { z } from 'zod';
import { exportOf } from '../../db/audit-exports.ts';
import { troubledMessages } from '../../db/messages.ts';
import { headCard } from '../cards/audit.ts';
import { installationOf } from '../../db/orgs.ts';
import { disconnectedCard, troubleCard } from '../cards/doctor.ts';
import { inventoryImportCard } from '../cards/inventory-import.ts';
import { PLATFORMS } from '../domain/person.ts';
import { readThrough } from '../../db/store.ts';
import { offersCard } from '../cards/offers.ts';
import type { App } from '../context.ts';
import { TROUBLE_VIEW } from '../messages/aside.ts';
import type { Views } from '../messages/sender.ts';
import { loadImport } from '../queries/inventory-import.ts';
import { loadOffers } from '../queries/offers.ts';
import { rubricView, scoreReminderView, scoreRequestView } from './scores.ts';
import { digestDetailsView, digestView, executiveView, nudgeView } from './digests.ts';
import { issueView } from './issues.ts';
import { joinedView, linkAskView, linkedView, singleSaidView, singleView } from './accounts.ts';
import { absenceView, returnedView } from './people.ts';
import { channelAskedView, governanceView, heldView, mendedView, pingsView, vacantView } from './pings.ts';
import { type AnyView, defineView } from './view.ts';

/** What somebody was named for on one day. */
const offersView = defineView({
  args: z.object({ person: z.string(), day: z.string() }),
  async draw(app, org, { person, day }) {
    const offers = await loadOffers(app.store.read, org, person, day);
    return offers.length === 0 ? undefined : offersCard(offers);
  },
});

/** To the admins: messages that could not be delivered. */
const troubleView = defineView({
  args: z.object({}),
  async draw(app, org) {
    const parked = (await troubledMessages(app.store.read, org, 20)).filter((m) => m.state === 'parked');
    return parked.length === 0
      ? undefined
      : troubleCard(parked.map(({ view, reason }) => ({ view, reason: reason ?? '' })));
  },
});

/** A signed head of the audit chain, as it was exported. */
const auditHeadView = defineView({
  args: z.object({ seq: z.number() }),
  async draw(app, org, { seq }) {
    const found = await exportOf(app.store.read, org, seq);
    return found === undefined ? undefined : headCard(found);
  },
});

/** To the admins: a workspace can be reached no more, or not for long. */
const disconnectedView = defineView({
  args: z.object({ platform: z.enum(PLATFORMS), tenant: z.string() }),
  async draw(app, org, { platform, tenant }) {
    const found = await installationOf(app.store.read, platform, tenant);
    return found === undefined || found.org !== org || found.trouble === null
      ? undefined
      : disconnectedCard({ ...found, trouble: found.trouble });
  },
});

/** To who gave a file in chat: what an import would do, how far it is, what it did. */
const importView = defineView({
  args: z.object({ import: z.string(), byKey: z.boolean() }),
  async draw(app, org, { import: id, byKey }) {
    const shown = await loadImport(app.store.read, org, id);
    return shown === undefined ? undefined : inventoryImportCard(shown, byKey);
  },
});

/** Every view that a stored message can name. */
const VIEWS: Readonly<Record<string, AnyView>> = {
  'audit-head': auditHeadView,
  absence: absenceView,
  import: importView,
  joined: joinedView,
  'link-ask': linkAskView,
  linked: linkedView,
  single: singleView,
  'single-said': singleSaidView,
  issue: issueView,
  pings: pingsView,
  vacant: vacantView,
  governance: governanceView,
  held: heldView,
  'channel-asked': channelAskedView,
  mended: mendedView,
  digest: digestView,
  'digest-details': digestDetailsView,
  executive: executiveView,
  nudge: nudgeView,
  offers: offersView,
  returned: returnedView,
  rubric: rubricView,
  'score-reminder': scoreReminderView,
  'score-request': scoreRequestView,
  disconnected: disconnectedView,
  [TROUBLE_VIEW]: troubleView,
};

function viewNamed(name: string): AnyView {
  const view = VIEWS[name];
  if (view === undefined) throw new Error(`no view is called ${name}`);
  return view;
}

/** The registered views as the sender uses them. */
export const createViews = (app: App): Views => ({
  draw: (org, message, read) =>
    viewNamed(message.view).draw(
      { ...app, store: readThrough(app.store, read) },
      org,
      message.args,
      message.shown === 0,
    ),
  urgent: (name) => viewNamed(name).urgent,
  unreachable: (tx, message) =>
    viewNamed(message.view).unreachable(tx, message.org, message.args, message.toId),
});
