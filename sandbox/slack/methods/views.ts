import { type Obj, isObj, text } from '../../page/shared/json.ts';
import { viewShape } from '../shapes.ts';
import { emit, type State } from '../state.ts';
import type { View } from '../types.ts';
import * as stack from '../views.ts';
import { type Answer, done, fail, type Method, missing, problemsOf, structured, writes } from './method.ts';

/** The `view` argument, checked for its surface, or why Slack refuses it. */
export function readView(
  state: State,
  raw: unknown,
  kind: View['kind'],
): { content: Obj } | { refused: Answer } {
  if (!isObj(raw)) return { refused: missing('view') };
  if (raw['type'] !== kind) return { refused: fail('invalid_arguments', [`view type must be ${kind}`]) };
  const problems = problemsOf(state, kind, raw);
  return problems.length > 0 ? { refused: fail('invalid_arguments', problems) } : { content: raw };
}

function argument(state: State, args: Obj, kind: View['kind']): ReturnType<typeof readView> {
  const view = structured(args, 'view');
  return view === 'broken'
    ? { refused: fail('invalid_arguments', ['view is not JSON']) }
    : readView(state, view.value, kind);
}

function open(state: State, args: Obj): Answer {
  const given = argument(state, args, 'modal');
  if ('refused' in given) return given.refused;
  const trigger = stack.useTrigger(state, text(args['trigger_id']));
  if ('error' in trigger) return fail(trigger.error);
  const view = stack.makeView(state, 'modal', given.content);
  stack.setStack(state, trigger.user, [view]);
  return done({ view: viewShape(state, view) });
}

function push(state: State, args: Obj): Answer {
  const given = argument(state, args, 'modal');
  if ('refused' in given) return given.refused;
  const trigger = stack.useTrigger(state, text(args['trigger_id']));
  if ('error' in trigger) return fail(trigger.error);
  const open = state.stacks.get(trigger.user) ?? [];
  if (open.length === 0) return fail('no_open_view');
  if (open.length >= stack.MAX_STACK) return fail('push_limit_reached');
  const view = stack.makeView(state, 'modal', given.content, open.at(-1));
  stack.setStack(state, trigger.user, [...open, view]);
  return done({ view: viewShape(state, view) });
}

function update(state: State, args: Obj): Answer {
  const id = text(args['view_id']);
  const external = text(args['external_id']);
  const at = stack.findView(state, (v) =>
    id === '' ? external !== '' && v.externalId === external : v.id === id,
  );
  if (at === undefined) return fail('not_found');
  const given = argument(state, args, at.view.kind);
  if ('refused' in given) return given.refused;
  const hash = text(args['hash']);
  if (hash !== '' && hash !== at.view.hash) return fail('hash_conflict');
  return done({ view: viewShape(state, stack.redraw(state, at, given.content)) });
}

function publish(state: State, args: Obj): Answer {
  const given = argument(state, args, 'home');
  if ('refused' in given) return given.refused;
  const user = text(args['user_id']);
  if (!state.people.has(user)) return fail('user_not_found');
  const old = state.homes.get(user);
  const hash = text(args['hash']);
  if (hash !== '' && old !== undefined && hash !== old.hash) return fail('hash_conflict');
  const made = stack.makeView(state, 'home', given.content);
  const view = old === undefined ? made : { ...made, id: old.id, rootId: old.id };
  state.homes.set(user, view);
  emit(state, { kind: 'home', user });
  return done({ view: viewShape(state, view) });
}

export const views: Readonly<Record<string, Method>> = {
  'views.open': writes('', open),
  'views.push': writes('', push),
  'views.update': writes('', update),
  'views.publish': writes('', publish),
};
