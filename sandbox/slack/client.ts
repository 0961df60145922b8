import { modalOf, type Modal } from './client-modal.ts';
import { type Seen, seen, type Session, type Shown, shown } from './client-seen.ts';
import { directWith, findChannel, findPerson } from './conversations.ts';
import { actionId, type Value } from '../page/shared/elements.ts';
import { markRead, unread, visibleTo } from './messages.ts';
import { botName, type State } from './state.ts';
import type { Channel, Person, View } from './types.ts';
import { blocksText, buttonsOf } from './plain.ts';
import { findElement, openHome, pressInView, say, slash } from './user.ts';
import { witness } from './watch.ts';

type Words = string | RegExp;

/** One conversation, through one person's eyes. */
export interface Place {
  readonly id: string;
  /** Types the app's command: `slash('seat show claims')`. */
  slash(text: string): Promise<Seen>;
  say(text: string, options?: { readonly thread?: Shown }): Promise<Seen>;
  /** Writes `@Coxswain …`, also as an answer in a message's thread. */
  mention(text: string, options?: { readonly thread?: Shown }): Promise<Seen>;
  /** Everything visible here, oldest first; answers in threads hang on their message. */
  messages(): readonly Shown[];
  /** The newest message; throws when there is none. */
  last(): Shown;
  /** The newest message with these words; throws, and lists what is there, when there is none. */
  expectMessage(words: Words): Shown;
  /** Throws when a message has these words. */
  expectNoMessage(words: Words): void;
  readonly unread: number;
  read(): void;
}

/** The App Home of one person. */
export interface Home {
  readonly text: string;
  readonly buttons: readonly string[];
  press(named: string): Promise<Seen>;
}

export interface Actor {
  readonly person: Person;
  in(channel: string): Place;
  /** Their direct conversation with the bot. */
  dm(): Place;
  /** The modal on their screen; throws when there is none. */
  modal(): Modal;
  readonly hasModal: boolean;
  /** Opens the Home tab. */
  home(): Promise<Home>;
  /** A message as this person sees it, to press its buttons as them. */
  sees(message: Shown): Shown;
}

const holds = (text: string, words: Words): boolean =>
  typeof words === 'string' ? text.includes(words) : words.test(text);

function placeOf(session: Session, channel: Channel): Place {
  const { state, person } = session;
  const messages = () =>
    visibleTo(state, person.id, channel.id)
      .filter((m) => m.threadTs === undefined || m.only !== undefined)
      .map((m) => shown(session, m));
  const listing = () =>
    messages()
      .map((m) => `  - ${m.author}: ${m.text.replaceAll('\n', '\n    ')}`)
      .join('\n') || '  (nothing)';
  const where = channel.kind === 'im' ? `the direct messages of ${person.handle}` : `#${channel.name}`;
  const place: Place = {
    id: channel.id,
    slash: async (typed) =>
      seen(session, await witness(state, person, () => slash(state, person, channel, typed))),
    say: async (typed, options) =>
      seen(
        session,
        await witness(
          state,
          person,
          async () => (await say(state, person, channel, typed, options?.thread?.ts)).ack,
        ),
      ),
    mention: (typed, options) => place.say(`@${botName(state).toLowerCase()} ${typed}`, options),
    messages,
    last() {
      const last = messages().at(-1);
      if (last === undefined) throw new Error(`There is no message in ${where}.`);
      return last;
    },
    expectMessage(words) {
      const found = messages().findLast((m) => holds(m.text, words));
      if (found === undefined)
        throw new Error(`No message in ${where} says ${String(words)}. There is:\n${listing()}`);
      return found;
    },
    expectNoMessage(words) {
      const found = messages().find((m) => holds(m.text, words));
      if (found !== undefined) throw new Error(`A message in ${where} says ${String(words)}:\n${found.text}`);
    },
    get unread() {
      return unread(state, person.id, channel.id);
    },
    read: () => markRead(state, person.id, channel.id),
  };
  return place;
}

function homeOf(session: Session): Home {
  const { state, person, typedIn } = session;
  const view = (): View => {
    const home = state.homes.get(person.id);
    if (home === undefined) throw new Error(`Nothing was published on the Home tab of ${person.handle}.`);
    return home;
  };
  return {
    get text() {
      return blocksText(state, view().content['blocks']);
    },
    get buttons() {
      return buttonsOf(view().content['blocks']);
    },
    async press(named) {
      const here = view();
      const placed = findElement(here.content['blocks'], named);
      if (placed === undefined)
        throw new Error(`The Home tab has no button "${named}": ${this.buttons.join(', ')}`);
      const what = { actionId: actionId(placed.element), blockId: placed.blockId };
      return seen(
        session,
        await witness(state, person, () => pressInView(state, person, here, what, typedIn(here.id))),
      );
    },
  };
}

/** One person of the workspace at work: `actor(state, 'ana').in('#claims').slash('seat show claims')`. */
export function actor(state: State, typed: Map<string, Map<string, Value>>, who: string): Actor {
  const person = findPerson(state, who);
  const typedIn = (viewId: string) => {
    const values = typed.get(viewId) ?? new Map<string, Value>();
    typed.set(viewId, values);
    return values;
  };
  const session: Session = { state, person, typedIn };
  return {
    person,
    in: (channel) => placeOf(session, findChannel(state, channel)),
    dm: () => placeOf(session, directWith(state, person.id)),
    modal() {
      const modal = modalOf(session);
      if (modal === undefined) throw new Error(`${person.handle} has no modal open.`);
      return modal;
    },
    get hasModal() {
      return state.stacks.has(person.id);
    },
    async home() {
      await witness(state, person, () => openHome(state, person));
      return homeOf(session);
    },
    sees: (message) => shown(session, message.raw),
  };
}
