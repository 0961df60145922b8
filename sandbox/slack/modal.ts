import { type Ack, deliverInteraction } from './deliver.ts';
import { clientErrors, elementsOf, stateValues, type Values } from '../page/shared/elements.ts';
import { type Obj, obj, text } from '../page/shared/json.ts';
import { readView } from './methods/views.ts';
import { withOffered } from './suggest.ts';
import * as payloads from './payloads.ts';
import type { State } from './state.ts';
import type { Person, View } from './types.ts';
import { findView, makeView, MAX_STACK, redraw, replaceView, setStack } from './views.ts';

const TROUBLE = 'We had some trouble connecting. Try again?';

const stackOf = (state: State, person: Person): View[] => state.stacks.get(person.id) ?? [];
const at = (state: State, id: string) => findView(state, (v) => v.id === id);

/** Sends a form off, and does with it what the app answers. Wrong input never leaves the client, as in Slack. */
export async function submit(
  state: State,
  person: Person,
  view: View,
  typed: Values,
): Promise<Ack | undefined> {
  const blocks = withOffered(state, view);
  const missing = clientErrors(blocks, typed);
  if (Object.keys(missing).length > 0) {
    setErrors(state, view, missing, '');
    return undefined;
  }
  setErrors(state, view, {}, '');
  const ack = await deliverInteraction(
    state,
    payloads.viewSubmission(state, person, view, stateValues(blocks, typed)),
  );
  if (ack.ok) answered(state, person, view, obj(ack.body));
  else setErrors(state, view, {}, TROUBLE);
  return ack;
}

function setErrors(state: State, view: View, errors: Record<string, string>, problem: string): void {
  const located = at(state, view.id);
  if (located !== undefined) replaceView(state, located, { errors, problem });
}

function answered(state: State, person: Person, view: View, answer: Obj): void {
  const located = at(state, view.id);
  switch (answer['response_action']) {
    case undefined: {
      const left = stackOf(state, person).filter((v) => v.id !== view.id);
      return setStack(state, person.id, view.content['clear_on_close'] === true ? [] : left);
    }
    case 'clear':
      return setStack(state, person.id, []);
    case 'errors': {
      const errors = obj(answer['errors']);
      const inputs = new Set(
        elementsOf(view.content['blocks'])
          .filter((p) => p.input)
          .map((p) => p.blockId),
      );
      const known = Object.keys(errors).length > 0 && Object.keys(errors).every((id) => inputs.has(id));
      const sentences = Object.fromEntries(Object.entries(errors).map(([id, words]) => [id, text(words)]));
      return setErrors(state, view, known ? sentences : {}, known ? '' : TROUBLE);
    }
    case 'update':
    case 'push': {
      const given = readView(state, answer['view'], 'modal');
      const stack = stackOf(state, person);
      if ('refused' in given || located === undefined) return setErrors(state, view, {}, TROUBLE);
      if (answer['response_action'] === 'update') return void redraw(state, located, given.content);
      if (stack.length >= MAX_STACK) return setErrors(state, view, {}, TROUBLE);
      return setStack(state, person.id, [...stack, makeView(state, 'modal', given.content, stack.at(-1))]);
    }
    default:
      return setErrors(state, view, {}, TROUBLE);
  }
}

/** Closes the top modal, or all of them; apps that asked for it hear of it. */
export async function close(state: State, person: Person, all = false): Promise<void> {
  const stack = stackOf(state, person);
  const top = stack.at(-1);
  if (top === undefined) return;
  const clear = all || top.content['clear_on_close'] === true;
  const closed = clear ? stack.toReversed() : [top];
  setStack(state, person.id, clear ? [] : stack.slice(0, -1));
  for (const view of closed)
    if (view.content['notify_on_close'] === true)
      await deliverInteraction(state, payloads.viewClosed(state, person, view, clear));
}
