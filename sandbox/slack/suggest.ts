import { elementsOf, isSearched, stateValues, type Values } from '../page/shared/elements.ts';
import { list, type Obj, obj, text } from '../page/shared/json.ts';
import { SUGGESTIONS } from './check-elements.ts';
import { type Ack, deliverInteraction } from './deliver.ts';
import * as payloads from './payloads.ts';
import type { State } from './state.ts';
import type { Person, View } from './types.ts';

interface Asking {
  readonly blockId: string;
  readonly actionId: string;
  /** What was typed into the search field so far. */
  readonly query: string;
}

/** Fields that somebody searched in: a sandbox may run for weeks. */
const MOST_REMEMBERED = 500;

const keyOf = (view: View, blockId: string, actionId: string): string => `${view.id} ${blockId} ${actionId}`;

/** The blocks of a view as the client knows them: search fields with the choices that were offered there. */
export const withOffered = (state: State, view: View): readonly Obj[] =>
  list(view.content['blocks']).map((block) => {
    const element = obj(block['element']);
    if (!isSearched(element)) return block;
    const known = [
      ...list(element['initial_options']),
      ...('initial_option' in element ? [obj(element['initial_option'])] : []),
      ...(state.offered.get(keyOf(view, text(block['block_id']), text(element['action_id']))) ?? []),
    ];
    return { ...block, element: { ...element, options: known } };
  });

/** Asks the app what a search field offers. What is not as Slack wants it is not shown, as in Slack. */
export async function askForOptions(
  state: State,
  person: Person,
  view: View,
  { blockId, actionId, query }: Asking,
  typed: Values,
): Promise<{ readonly options: readonly Obj[]; readonly problem?: string }> {
  const blocks = withOffered(state, view);
  const field = elementsOf(blocks).find(
    (p) => p.blockId === blockId && text(p.element['action_id']) === actionId,
  );
  if (field === undefined || !isSearched(field.element)) return { options: [], problem: 'no_such_field' };
  const asked = { block_id: blockId, action_id: actionId, value: query };
  const ack: Ack = await deliverInteraction(
    state,
    payloads.suggestion(state, person, view, asked, stateValues(blocks, typed)),
  );
  if (!ack.ok) return { options: [], problem: ack.problem };
  const wrong = SUGGESTIONS('answer', ack.body);
  if (wrong.length > 0) return { options: [], problem: wrong.join('; ') };
  const options = list(obj(ack.body)['options']);
  const key = keyOf(view, blockId, actionId);
  const fresh = new Set(options.map((option) => option['value']));
  const before = (state.offered.get(key) ?? []).filter((option) => !fresh.has(option['value']));
  state.offered.set(key, [...before, ...options]);
  if (state.offered.size > MOST_REMEMBERED) state.offered.delete([...state.offered.keys()][0]!);
  return { options };
}
