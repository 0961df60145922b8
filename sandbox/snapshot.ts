import { repliesTo, unread, visibleTo } from './slack/messages.ts';
import { directWith } from './slack/conversations.ts';
import { botName, commandOf, type State } from './slack/state.ts';
import type { Channel, Message, Person, View } from './slack/types.ts';
import type { CommandHelp } from './host.ts';
import type { ConversationView, MessageView, ModalView, Snapshot } from './page/model.ts';
import type { ClockState } from './time-machine.ts';

/** The page shows this many messages of a conversation; older ones stay in the workspace. */
const SHOWN = 150;

function messageView(state: State, person: Person, m: Message): MessageView {
  const replies = repliesTo(state, m.channel, m.ts);
  const here = visibleTo(state, person.id, m.channel).filter(
    (r) => r.threadTs === m.ts && r.only !== undefined,
  );
  return {
    ts: m.ts,
    channel: m.channel,
    user: m.user,
    text: m.text,
    blocks: m.blocks,
    onlyYou: m.only !== undefined,
    edited: m.edited === true,
    revision: m.revision,
    replies: replies.length + here.length,
    repliers: [...new Set(replies.map((r) => r.user))],
    lastReply: replies.at(-1)?.ts ?? '',
    files: (m.files ?? []).flatMap((id) => {
      const file = state.files.get(id);
      return file === undefined
        ? []
        : [{ id, name: file.name, title: file.title, mime: file.mime, alt: file.altText }];
    }),
  };
}

const conversationView = (state: State, person: Person, c: Channel): ConversationView => ({
  id: c.id,
  kind: c.kind,
  name: c.kind === 'im' ? botName(state) : c.name,
  topic: c.topic,
  members: c.members.size + (c.kind === 'channel' && c.bot ? 1 : 0),
  unread: unread(state, person.id, c.id),
});

const modalView = (view: View): ModalView => ({
  id: view.id,
  hash: view.hash,
  content: view.content,
  errors: view.errors,
  problem: view.problem,
});

/** What one person's page shows now: everything, so that a page that missed something is right again at once. */
export function snapshot(
  state: State,
  person: Person,
  look: { at: string; thread: string },
  clock: ClockState,
  commands: readonly CommandHelp[],
): Snapshot {
  const direct = directWith(state, person.id);
  const channels = [...state.channels.values()].filter(
    (c) => c.kind === 'channel' && c.members.has(person.id),
  );
  const conversations = [...channels, direct].map((c) => conversationView(state, person, c));
  const at = (conversations.find((c) => c.id === look.at) ?? conversations[0])?.id ?? direct.id;
  const visible = visibleTo(state, person.id, at);
  const view = (m: Message) => messageView(state, person, m);
  const inThread = (m: Message) => m.threadTs !== undefined && m.threadTs !== m.ts;
  const parent = visible.find((m) => m.ts === look.thread);
  const home = state.homes.get(person.id);
  return {
    team: state.setup.team.name,
    me: person.id,
    bot: { id: state.setup.botUserId, name: botName(state) },
    command: commandOf(state),
    shortcuts: state.setup.shortcuts ?? [],
    people: state.setup.people.map((p) => ({
      id: p.id,
      name: p.name,
      handle: p.handle,
      title: p.title ?? '',
      zone: p.zone,
      unread: unread(state, p.id, directWith(state, p.id).id),
    })),
    conversations,
    at,
    messages: visible
      .filter((m) => !inThread(m))
      .slice(-SHOWN)
      .map(view),
    thread:
      parent === undefined
        ? undefined
        : {
            parent: view(parent),
            replies: visible.filter((m) => m.threadTs === parent.ts && inThread(m)).map(view),
          },
    home: home === undefined ? undefined : modalView(home),
    modals: (state.stacks.get(person.id) ?? []).map(modalView),
    clock,
    commands,
  };
}
