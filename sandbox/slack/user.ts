import { setMember } from './conversations.ts';
import { type Ack, deliverCommand, deliverEvent, deliverInteraction } from './deliver.ts';
import {
  actionId,
  elementsOf,
  elementText,
  stateValues,
  type Value,
  type Values,
  valueShape,
} from '../page/shared/elements.ts';
import { handOn } from './escape.ts';
import { show } from './hooks.ts';
import { obj, type Obj, text } from '../page/shared/json.ts';
import { markRead, post } from './messages.ts';
import * as payloads from './payloads.ts';
import { botName, commandOf, type State } from './state.ts';
import { directWith } from './conversations.ts';
import { withOffered } from './suggest.ts';
import type { Channel, Message, Person, View } from './types.ts';

/** What people do in the workspace. Each sends what Slack would send and shows what Slack would show. */
const SLACKBOT = 'USLACKBOT';

const tell = (state: State, person: Person, channel: Channel, words: string): void =>
  void post(state, { channel: channel.id, user: SLACKBOT, text: words, blocks: [], only: person.id });

/** Types the app's slash command with this text after it. */
export async function slash(state: State, person: Person, channel: Channel, typed: string): Promise<Ack> {
  const line = handOn(state, typed, 'command').trim();
  const ack = await deliverCommand(state, payloads.command(state, person, channel, line));
  if (!ack.ok) {
    tell(state, person, channel, `${commandOf(state)} failed with the error "${ack.problem}"`);
    return ack;
  }
  const answer = typeof ack.body === 'string' ? { text: ack.body } : obj(ack.body);
  if (Object.keys(answer).length === 0) return ack;
  if (answer['response_type'] === 'in_channel')
    post(state, { channel: channel.id, user: person.id, text: `${commandOf(state)} ${line}`, blocks: [] });
  const problem = show(state, { user: person.id, channel: channel.id }, answer);
  if (problem === undefined) return ack;
  tell(state, person, channel, `${commandOf(state)} failed with the error "${problem}"`);
  return { ok: false, problem };
}

/** Writes a message. The bot hears of it when it is mentioned, or in its direct conversation. */
export async function say(
  state: State,
  person: Person,
  channel: Channel,
  typed: string,
  threadTs?: string,
): Promise<{ message: Message; ack: Ack | undefined }> {
  const words = handOn(state, typed, 'message');
  const thread = threadTs === undefined ? {} : { threadTs };
  const message = post(state, { channel: channel.id, user: person.id, text: words, blocks: [], ...thread });
  if (channel.kind === 'im')
    return { message, ack: await deliverEvent(state, payloads.saidEvent(state, message, 'im')) };
  if (!words.includes(`<@${state.setup.botUserId}>`)) return { message, ack: undefined };
  if (!channel.bot) {
    tell(state, person, channel, `You mentioned @${botName(state)}, but they're not in this channel.`);
    return { message, ack: undefined };
  }
  return { message, ack: await deliverEvent(state, payloads.saidEvent(state, message, 'app_mention')) };
}

/** What the composer does with a line: a command, an unknown command, or a message. */
export async function enter(
  state: State,
  person: Person,
  channel: Channel,
  line: string,
  threadTs?: string,
): Promise<void> {
  markRead(state, person.id, channel.id);
  const [first = ''] = line.trim().split(/\s+/, 1);
  const isCommand = /^\/[a-z][a-z0-9_-]*$/.test(first);
  if (!isCommand) return void (await say(state, person, channel, line, threadTs));
  if (first !== commandOf(state)) return tell(state, person, channel, `${first} is not a valid command.`);
  if (threadTs !== undefined)
    return tell(state, person, channel, `${first} is not supported in threads. Sorry!`);
  await slash(state, person, channel, line.trim().slice(first.length).trim());
}

/** An element by action id, or by the words on it. */
export function findElement(
  blocks: unknown,
  named: string,
): ReturnType<typeof elementsOf>[number] | undefined {
  const all = elementsOf(blocks);
  return (
    all.find((p) => actionId(p.element) === named) ??
    all.find((p) => elementText(p.element) === named) ??
    all.find(
      (p) =>
        elementText(p.element).toLowerCase().includes(named.toLowerCase()) && elementText(p.element) !== '',
    )
  );
}

function action(blocks: unknown, id: string, blockId: string | undefined, value: Value): Obj {
  const placed = elementsOf(blocks).find(
    (p) => actionId(p.element) === id && (blockId === undefined || p.blockId === blockId),
  );
  if (placed === undefined) throw new Error(`There is nothing to press with action_id ${id}.`);
  const { element } = placed;
  const button = element['type'] === 'button';
  return {
    action_id: id,
    block_id: placed.blockId,
    ...(button
      ? { type: 'button', text: element['text'], ...('value' in element ? { value: element['value'] } : {}) }
      : valueShape(element, value)),
    ...(button && 'style' in element ? { style: element['style'] } : {}),
  };
}

export interface Pressed {
  readonly actionId: string;
  readonly blockId?: string | undefined;
  /** What was chosen, for everything but buttons. */
  readonly value?: Value;
}

/** Presses a button, or chooses something, in a message. */
export const press = (state: State, person: Person, message: Message, what: Pressed): Promise<Ack> =>
  deliverInteraction(
    state,
    payloads.messageAction(
      state,
      person,
      message,
      action(message.blocks, what.actionId, what.blockId, what.value ?? null),
    ),
  );

/** The same in a modal or on the home tab. */
export const pressInView = (
  state: State,
  person: Person,
  view: View,
  what: Pressed,
  typed: Values,
): Promise<Ack> => {
  const blocks = withOffered(state, view);
  const done = action(blocks, what.actionId, what.blockId, what.value ?? null);
  return deliverInteraction(
    state,
    payloads.viewAction(state, person, view, done, stateValues(blocks, typed)),
  );
};

export const shortcut = (state: State, person: Person, message: Message, callbackId: string): Promise<Ack> =>
  deliverInteraction(state, payloads.messageShortcut(state, person, message, callbackId));

export const openHome = (state: State, person: Person): Promise<Ack> =>
  deliverEvent(state, payloads.homeOpened(state, person, directWith(state, person.id)));

/** The bot is invited to a channel, or removed from it. */
export function botInChannel(state: State, channel: Channel, member: boolean, by: Person): Promise<Ack> {
  setMember(state, channel, state.setup.botUserId, member);
  const inner = member
    ? { type: 'member_joined_channel', user: state.setup.botUserId, channel_type: 'C', inviter: by.id }
    : { type: 'channel_left', actor_id: by.id };
  return deliverEvent(
    state,
    payloads.event(state, {
      ...inner,
      channel: channel.id,
      team: state.setup.team.id,
      event_ts: String(state.wall.now() / 1000),
    }),
  );
}

/** Somebody's account is deactivated. */
export function deactivate(state: State, person: Person): Promise<Ack> {
  state.gone.add(person.id);
  const user = {
    id: person.id,
    team_id: state.setup.team.id,
    name: person.handle,
    deleted: true,
    is_bot: false,
  };
  return deliverEvent(
    state,
    payloads.event(state, { type: 'user_change', user, event_ts: text(String(state.wall.now() / 1000)) }),
  );
}
