import { onAction } from './actions.ts';
import { type TeamsActivity, envelopeOf, isExtension, tenantOf } from './activity.ts';
import { onDialogOpened, onDialogSubmitted } from './dialogs.ts';
import { onExtensionOpened, onExtensionSubmitted } from './extension.ts';
import { type InvokeAnswer, dialogSentence, notImplemented, searchResults, showSentence } from './invoke.ts';
import { conversationFact, onLifecycle, welcome } from './lifecycle.ts';
import { type ConversationFact, learnConversation } from './meeting.ts';
import { textMessage } from './message.ts';
import { onMessage } from './messages.ts';
import { createRecent } from './recent.ts';
import { SEARCH, onSearch } from './search.ts';
import type { Desk, Turn } from './turn.ts';

/** Takes one verified activity; never throws. The answer is for invokes, and undefined otherwise. */
export type Receive = (activity: TeamsActivity) => Promise<InvokeAnswer | undefined>;

const NOBODY = 'I can only answer people of your organisation, and Teams did not say who you are.';
const FAILED = 'Coxswain could not do this. Nothing was lost; please try again.';

const factKey = ({ reference, user, place }: ConversationFact): string =>
  `${reference.ref} ${reference.serviceUrl ?? ''} ${user?.ref ?? ''} ${place.name ?? ''}`;

async function onInvoke(desk: Desk, turn: Turn): Promise<InvokeAnswer> {
  switch (turn.activity.name) {
    case 'adaptiveCard/action':
      return onAction(desk, turn);
    case 'task/fetch':
      return onDialogOpened(desk, turn);
    case 'task/submit':
      return onDialogSubmitted(desk, turn);
    case 'composeExtension/fetchTask':
      return onExtensionOpened(desk, turn);
    case SEARCH:
      return onSearch(desk, turn);
    case 'composeExtension/submitAction':
      return onExtensionSubmitted(desk, turn);
    case undefined:
    case null:
    default:
      return notImplemented;
  }
}

/** An invoke without an answer shows as an error without a word; a dialog takes its sentence in another form. */
const sentenceFor = ({ name }: TeamsActivity, text: string): InvokeAnswer =>
  name === SEARCH
    ? searchResults([])
    : name?.startsWith('task/') === true || isExtension(name)
      ? dialogSentence(text)
      : showSentence(text);

/** For whoever it is: nothing is stored, and nobody is asked who they are. */
const notConnected = (tenant: string): string =>
  `This Microsoft 365 tenant is not connected to Coxswain. Whoever runs Coxswain can connect it: its id is ${tenant}.`;

/** `serves`: whether a tenant is connected. Of others nothing is kept. */
export function createReceive(desk: Desk, serves: (tenant: string) => Promise<boolean>): Receive {
  const recent = createRecent<InvokeAnswer | undefined>(300);
  let learned = createRecent<void>(5000);

  /** Every place that is spoken from is remembered once: that is how a direct message finds its way back. */
  const remember = (activity: TeamsActivity): Promise<void> => {
    const tenant = tenantOf(activity);
    if (tenant === undefined) return Promise.resolve();
    const fact = conversationFact(activity);
    return learned.once(`${tenant} ${factKey(fact)}`, () => learnConversation(desk, tenant, activity, fact));
  };

  async function dispatch(activity: TeamsActivity): Promise<InvokeAnswer | undefined> {
    const from = envelopeOf(activity);
    const { serviceUrl, conversation } = activity;
    const turn: Turn | undefined =
      from === undefined ? undefined : { activity, from, targeted: activity.recipient.isTargeted === true };
    switch (activity.type) {
      case 'conversationUpdate':
      case 'installationUpdate':
        // Who comes back after a removal is learned anew.
        if (await onLifecycle(desk, activity)) learned = createRecent<void>(5000);
        if (turn !== undefined && activity.type === 'installationUpdate') await welcome(desk, turn);
        return undefined;
      case 'message':
        if (turn === undefined) {
          await desk.connector.post(serviceUrl, conversation.id, textMessage(NOBODY));
          return undefined;
        }
        await remember(activity);
        await onMessage(desk, turn);
        return undefined;
      case 'invoke':
        if (turn === undefined) return sentenceFor(activity, NOBODY);
        if (!isExtension(activity.name)) await remember(activity);
        return onInvoke(desk, turn);
      default:
        return undefined;
    }
  }

  async function refuse(activity: TeamsActivity, tenant: string): Promise<InvokeAnswer | undefined> {
    const { type, serviceUrl, conversation } = activity;
    desk.deps.log.warn({ tenant, type }, 'teams request of a tenant that is not connected');
    if (type === 'invoke') return sentenceFor(activity, notConnected(tenant));
    if (type === 'message')
      await desk.connector.post(serviceUrl, conversation.id, textMessage(notConnected(tenant)));
    return undefined;
  }

  async function guarded(activity: TeamsActivity): Promise<InvokeAnswer | undefined> {
    try {
      const tenant = tenantOf(activity);
      if (tenant !== undefined && !(await serves(tenant))) return await refuse(activity, tenant);
      return await dispatch(activity);
    } catch (error) {
      desk.deps.log.error({ err: error, type: activity.type, name: activity.name }, 'teams activity failed');
      return activity.type === 'invoke' ? sentenceFor(activity, FAILED) : undefined;
    }
  }

  return (activity) =>
    activity.id
      ? recent.once(`${tenantOf(activity) ?? ''} ${activity.conversation.id} ${activity.id}`, () =>
          guarded(activity),
        )
      : guarded(activity);
}
