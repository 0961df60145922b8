import { actionId, type Value } from '../page/shared/elements.ts';
import { obj, text } from '../page/shared/json.ts';
import { type Modal, modalOf, type Typed, valueFor } from './client-modal.ts';
import { findMessage, repliesTo } from './messages.ts';
import { buttonsOf, nameOf, plainText } from './plain.ts';
import type { State } from './state.ts';
import type { Message, Person } from './types.ts';
import { findElement, press, shortcut } from './user.ts';
import { witness, type Witnessed } from './watch.ts';

/** One person at one screen. */
export interface Session {
  readonly state: State;
  readonly person: Person;
  /** What they have typed into a modal so far. */
  readonly typedIn: (viewId: string) => Map<string, Value>;
}

/** A message as somebody sees it. Reads its present state, also after it was updated. */
export interface Shown {
  readonly ts: string;
  readonly channel: string;
  /** What a person reads: blocks and markup turned into lines of text. */
  readonly text: string;
  /** Labels of its buttons, in order. */
  readonly buttons: readonly string[];
  readonly author: string;
  /** Only who asked sees it. */
  readonly ephemeral: boolean;
  readonly deleted: boolean;
  readonly revision: number;
  readonly raw: Message;
  readonly thread: readonly Shown[];
  button(named: string): { readonly confirm: string | undefined; click(): Promise<Seen> };
  /** Chooses in a select, menu or picker of the message, by its action_id. */
  choose(named: string, value: Typed): Promise<Seen>;
  /** Uses a message shortcut on it. */
  shortcut(callbackId: string): Promise<Seen>;
}

/** What somebody saw because of what they did. */
export interface Seen {
  readonly messages: readonly Shown[];
  /** All of those messages as text. */
  readonly text: string;
  /** The one message that appeared; throws when there were none or several. */
  readonly only: Shown;
  /** The modal that opened or changed; throws when there is none. */
  readonly modal: Modal;
  readonly hasModal: boolean;
  readonly homeChanged: boolean;
  /** Slack's code when the bot did not answer in time or at all. */
  readonly failure: string | undefined;
}

export function shown(session: Session, message: Message): Shown {
  const { state, person } = session;
  const stored = () => findMessage(state, message.channel, message.ts);
  const now = (): Message => stored() ?? message;
  const act = (run: () => ReturnType<typeof press>) =>
    witness(state, person, run).then((w) => seen(session, w));
  const place = (named: string) => {
    const placed = findElement(now().blocks, named);
    if (placed !== undefined && stored() !== undefined) return placed;
    throw new Error(
      `This message has no "${named}". It has: ${buttonsOf(now().blocks).join(', ') || 'no buttons'}\n${plainText(state, now())}`,
    );
  };
  return {
    ts: message.ts,
    channel: message.channel,
    get text() {
      return plainText(state, now());
    },
    get buttons() {
      return buttonsOf(now().blocks);
    },
    author: nameOf(state, message.user),
    ephemeral: message.only !== undefined,
    get deleted() {
      return stored() === undefined;
    },
    get revision() {
      return now().revision;
    },
    get raw() {
      return now();
    },
    get thread() {
      return repliesTo(state, message.channel, message.ts).map((m) => shown(session, m));
    },
    button(named) {
      const { element, blockId } = place(named);
      const words = obj(element['confirm']);
      return {
        confirm:
          'confirm' in element
            ? `${text(obj(words['title'])['text'])}\n${text(obj(words['text'])['text'])}`
            : undefined,
        click: () => act(() => press(state, person, now(), { actionId: actionId(element), blockId })),
      };
    },
    choose(named, value) {
      const { element, blockId } = place(named);
      const what = { actionId: actionId(element), blockId, value: valueFor(session, element, value) };
      return act(() => press(state, person, now(), what));
    },
    shortcut: (callbackId) => act(() => shortcut(state, person, now(), callbackId)),
  };
}

export function seen(session: Session, { ack, messages, view, homeChanged }: Witnessed): Seen {
  const all = messages.map((m) => shown(session, m));
  const words = () => all.map((m) => m.text).join('\n');
  return {
    messages: all,
    get text() {
      return words();
    },
    get only() {
      const [first, ...others] = all;
      if (first !== undefined && others.length === 0) return first;
      throw new Error(`${session.person.handle} saw ${all.length} messages, not one:\n${words()}`);
    },
    get modal() {
      const modal = modalOf(session);
      if (modal !== undefined && view !== undefined) return modal;
      throw new Error(
        `No modal opened for ${session.person.handle}. What appeared:\n${words() || '(nothing)'}`,
      );
    },
    hasModal: view !== undefined,
    homeChanged,
    failure: ack?.ok === false ? ack.problem : undefined,
  };
}
