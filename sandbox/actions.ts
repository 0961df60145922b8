import { z } from 'zod';
import { invalid, notFound } from '../src/errors.ts';
import type { Ack } from './slack/deliver.ts';
import type { Values } from './page/shared/elements.ts';
import { findMessage, markRead, remove } from './slack/messages.ts';
import { close, submit } from './slack/modal.ts';
import type { State } from './slack/state.ts';
import { askForOptions } from './slack/suggest.ts';
import type { Channel, Message, Person, View } from './slack/types.ts';
import { enter, openHome, press, pressInView, shortcut } from './slack/user.ts';

const value = z.union([z.string().max(10_000), z.array(z.string()).max(200), z.null()]);
const pressed = {
  actionId: z.string(),
  blockId: z.string().optional(),
  value: value.optional(),
};
/** What was typed, as pairs of `block action` and value. */
const typed = z.array(z.tuple([z.string(), value])).max(200);
const onMessage = { channel: z.string(), ts: z.string() };

/** What the page can ask for in somebody's name. */
export const pageAction = z.discriminatedUnion('do', [
  z.object({
    do: z.literal('enter'),
    channel: z.string(),
    text: z.string().min(1).max(12_000),
    thread: z.string().optional(),
  }),
  z.object({ do: z.literal('press'), ...onMessage, ...pressed }),
  z.object({ do: z.literal('shortcut'), ...onMessage, callbackId: z.string() }),
  z.object({ do: z.literal('dismiss'), ...onMessage }),
  z.object({ do: z.literal('press_in_view'), view: z.string(), typed, ...pressed }),
  z.object({ do: z.literal('submit'), view: z.string(), typed }),
  z.object({ do: z.literal('close'), all: z.boolean() }),
  z.object({ do: z.literal('home') }),
  z.object({ do: z.literal('read'), channel: z.string() }),
]);
export type PageAction = z.infer<typeof pageAction>;

/** What the page asks of a search field in somebody's name. */
export const pageQuestion = z.object({
  view: z.string(),
  blockId: z.string(),
  actionId: z.string(),
  query: z.string().max(500),
  typed,
});

/** What a search field offers, and what went wrong in Slack's words. */
export const offers = (state: State, person: Person, asked: z.infer<typeof pageQuestion>) =>
  askForOptions(state, person, viewOf(state, person, asked.view), asked, map(asked.typed));

function channelOf(state: State, person: Person, id: string): Channel {
  const channel = state.channels.get(id);
  if (channel?.members.has(person.id) === true) return channel;
  throw notFound('There is no such conversation.');
}

function messageOf(state: State, person: Person, at: { channel: string; ts: string }): Message {
  const message = findMessage(state, channelOf(state, person, at.channel).id, at.ts);
  if (message !== undefined && (message.only ?? person.id) === person.id) return message;
  throw notFound('This message is gone.');
}

function viewOf(state: State, person: Person, id: string): View {
  const home = state.homes.get(person.id);
  const view = home?.id === id ? home : state.stacks.get(person.id)?.find((v) => v.id === id);
  if (view !== undefined) return view;
  throw notFound('This form is closed.');
}

const map = (pairs: z.infer<typeof typed>): Values => new Map(pairs);

/** Does it, and says what went wrong in Slack's words; undefined when all is well. */
export async function act(state: State, person: Person, what: PageAction): Promise<string | undefined> {
  const ack = await run(state, person, what);
  return ack?.ok === false ? ack.problem : undefined;
}

async function run(state: State, person: Person, what: PageAction): Promise<Ack | undefined> {
  switch (what.do) {
    case 'enter':
      await enter(state, person, channelOf(state, person, what.channel), what.text, what.thread);
      return undefined;
    case 'press': {
      const message = messageOf(state, person, what);
      return existing(() => press(state, person, message, { ...what, value: what.value ?? null }));
    }
    case 'shortcut':
      return shortcut(state, person, messageOf(state, person, what), what.callbackId);
    case 'dismiss': {
      const message = messageOf(state, person, what);
      if (message.only === person.id) remove(state, message);
      return undefined;
    }
    case 'press_in_view': {
      const view = viewOf(state, person, what.view);
      return existing(() =>
        pressInView(state, person, view, { ...what, value: what.value ?? null }, map(what.typed)),
      );
    }
    case 'submit':
      return submit(state, person, viewOf(state, person, what.view), map(what.typed));
    case 'close':
      await close(state, person, what.all);
      return undefined;
    case 'home':
      return openHome(state, person);
    case 'read':
      markRead(state, person.id, channelOf(state, person, what.channel).id);
      return undefined;
    default:
      return what satisfies never;
  }
}

/** A button that was taken away between drawing and pressing. */
async function existing(run: () => Promise<Ack>): Promise<Ack> {
  try {
    return await run();
  } catch (error) {
    throw invalid('This button is no longer there.', { cause: error });
  }
}
