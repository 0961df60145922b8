import { list, type Obj, obj, text } from '../page/shared/json.ts';
import { emit, newId, secret, type State } from './state.ts';
import type { View } from './types.ts';

/** A trigger lives three seconds (docs.slack.dev, Interactivity: trigger_id) and works once. */
const TRIGGER_MS = 3000;
/** Modals on top of each other (docs.slack.dev, Modals: view stack). */
export const MAX_STACK = 3;

export function newTrigger(state: State, user: string): string {
  const id = `${newId(state, '')}.${state.setup.team.id}.${secret()}`;
  state.triggers.set(id, { user, expiresAt: state.wall.now() + TRIGGER_MS, used: false });
  for (const [old, trigger] of state.triggers)
    if (trigger.expiresAt + 60_000 < state.wall.now()) state.triggers.delete(old);
  return id;
}

/** The person a trigger stands for, or Slack's error code. */
export function useTrigger(state: State, id: string): { user: string } | { error: string } {
  const trigger = state.triggers.get(id);
  if (trigger === undefined) return { error: 'invalid_trigger_id' };
  if (trigger.used) return { error: 'exchanged_trigger_id' };
  if (trigger.expiresAt < state.wall.now()) return { error: 'expired_trigger_id' };
  trigger.used = true;
  return { user: trigger.user };
}

export function makeView(state: State, kind: View['kind'], content: Obj, previous?: View): View {
  const id = newId(state, 'V');
  return {
    id,
    kind,
    hash: newHash(state),
    rootId: previous?.rootId ?? id,
    ...(previous === undefined ? {} : { previousId: previous.id }),
    externalId: text(content['external_id']),
    content: withBlockIds(state, content),
    errors: {},
    problem: '',
  };
}

const newHash = (state: State): string => `${state.wall.now()}.${secret().slice(0, 8)}`;

/** Slack gives blocks and elements without an id one of its own. */
function withBlockIds(state: State, content: Obj): Obj {
  return { ...content, blocks: identify(state, content['blocks']) };
}

export function identify(state: State, blocks: unknown): readonly Obj[] {
  const element = (value: unknown): unknown => {
    const e = obj(value);
    const named = 'action_id' in e || !NEEDS_ACTION_ID.has(text(e['type']));
    return named ? value : { ...e, action_id: newId(state, '') };
  };
  const identified = (block: Obj): Obj => {
    const made: Record<string, unknown> = { ...block };
    made['block_id'] = text(block['block_id']) || newId(state, '').slice(-5);
    if ('element' in block) made['element'] = element(block['element']);
    if ('accessory' in block) made['accessory'] = element(block['accessory']);
    if (block['type'] === 'actions') made['elements'] = list(block['elements']).map(element);
    return made;
  };
  return list(blocks).map(identified);
}

const NEEDS_ACTION_ID = new Set(
  'button overflow datepicker timepicker datetimepicker plain_text_input number_input email_text_input url_text_input rich_text_input checkboxes radio_buttons file_input static_select users_select conversations_select channels_select external_select multi_static_select multi_users_select multi_conversations_select multi_channels_select multi_external_select'.split(
    ' ',
  ),
);

export function setStack(state: State, user: string, stack: View[]): void {
  if (stack.length === 0) state.stacks.delete(user);
  else state.stacks.set(user, stack);
  const top = stack.at(-1);
  emit(state, { kind: 'view', user, ...(top === undefined ? {} : { view: top }) });
}

export interface Located {
  readonly user: string;
  readonly view: View;
}

/** An open modal or a published home by id or external id. */
export function findView(state: State, match: (view: View) => boolean): Located | undefined {
  for (const [user, stack] of state.stacks) {
    const view = stack.find(match);
    if (view !== undefined) return { user, view };
  }
  for (const [user, view] of state.homes) if (match(view)) return { user, view };
  return undefined;
}

export function replaceView(state: State, { user, view }: Located, next: Partial<View>): View {
  const made: View = { ...view, ...next };
  if (view.kind === 'home') {
    state.homes.set(user, made);
    emit(state, { kind: 'home', user });
    return made;
  }
  const stack = state.stacks.get(user) ?? [];
  setStack(
    state,
    user,
    stack.map((v) => (v.id === view.id ? made : v)),
  );
  return made;
}

const inputKey = (block: Obj): string =>
  JSON.stringify([block['block_id'], obj(block['element'])['action_id']]);

/** Slack keeps what an input held when one with the same block and action id takes its place, whatever is given for it. */
function keepingInputs(old: unknown, blocks: readonly Obj[]): readonly Obj[] {
  const before = new Map(
    list(old)
      .map(obj)
      .map((block) => [inputKey(block), block['element']]),
  );
  return blocks.map((block) => {
    const held = block['type'] === 'input' ? before.get(inputKey(block)) : undefined;
    if (held === undefined) return block;
    const initial = (element: unknown, is: boolean) =>
      Object.fromEntries(Object.entries(obj(element)).filter(([key]) => key.startsWith('initial_') === is));
    return { ...block, element: { ...initial(block['element'], false), ...initial(held, true) } };
  });
}

/** New content in the same place, under a new hash; what was wrong before is forgotten. */
export function redraw(state: State, at: Located, content: Obj): View {
  const made = withBlockIds(state, content);
  return replaceView(state, at, {
    content: { ...made, blocks: keepingInputs(at.view.content['blocks'], list(made['blocks']).map(obj)) },
    hash: newHash(state),
    errors: {},
    problem: '',
  });
}
