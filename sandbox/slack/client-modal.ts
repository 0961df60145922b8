import { findChannel, findPerson } from './conversations.ts';
import {
  actionId,
  elementsOf,
  initialValue,
  isSearched,
  optionsOf,
  type Placed,
  type Value,
  valueKey,
} from '../page/shared/elements.ts';
import { obj, type Obj, text } from '../page/shared/json.ts';
import { close, submit } from './modal.ts';
import { buttonsOf, textOf, viewText } from './plain.ts';
import { type Seen, seen, type Session } from './client-seen.ts';
import { stage } from './staged.ts';
import type { State } from './state.ts';
import { askForOptions, withOffered } from './suggest.ts';
import type { View } from './types.ts';
import { findElement, pressInView } from './user.ts';
import { witness } from './watch.ts';

/** What a test types into a field: words, `@ben`, `#claims`, an option's label or value, true/false, several. */
export type Typed = string | number | boolean | readonly string[] | TypedFile | null;

/** A file that a test chooses: `{ name: 'weeks.csv', content: '…' }`. */
export interface TypedFile {
  readonly name: string;
  readonly content: string | Uint8Array;
}

/** The modal on top of somebody's screen. Always shows the present state. */
export interface Modal {
  readonly title: string;
  /** Everything that can be read in it, labels included. */
  readonly text: string;
  readonly labels: readonly string[];
  readonly buttons: readonly string[];
  /** What is filled in, by label. */
  readonly values: Readonly<Record<string, Value>>;
  /** Sentences beside the fields, by label. */
  readonly errors: Readonly<Record<string, string>>;
  /** What Slack says above the form when the app failed. */
  readonly problem: string;
  /** Fills fields in, by label (or block_id or action_id). */
  fill(values: Readonly<Record<string, Typed>>): Modal;
  /** Types into a search field; answers with what it offers, by label. Only what was offered can be filled in. */
  search(field: string, typed: string): Promise<readonly string[]>;
  /** Fills one field in, and tells the app, where the field asks for that. */
  choose(field: string, value: Typed): Promise<void>;
  submit(): Promise<Submitted>;
  /** Presses a button inside the modal. */
  press(named: string): Promise<Seen>;
  close(): Promise<Seen>;
}

export interface Submitted extends Seen {
  readonly closed: boolean;
  readonly errors: Readonly<Record<string, string>>;
}

const names = (placed: Placed): string => placed.label || actionId(placed.element);

function fieldOf(state: State, view: View, key: string): Placed {
  const all = elementsOf(withOffered(state, view)).filter((p) => p.element['type'] !== 'button');
  const found =
    all.find((p) => p.label === key) ??
    all.find((p) => p.blockId === key || actionId(p.element) === key) ??
    all.find((p) => p.label.toLowerCase().startsWith(key.toLowerCase()));
  if (found !== undefined) return found;
  throw new Error(`The modal asks for nothing called "${key}". It asks for: ${all.map(names).join(', ')}`);
}

const optionText = (o: Obj): string => text(obj(o['text'])['text']);

function chosen(element: Obj, word: string): string {
  const options = optionsOf(element);
  const hit =
    options.find((o) => optionText(o) === word) ??
    options.find((o) => o['value'] === word) ??
    options.find((o) => optionText(o).toLowerCase() === word.toLowerCase());
  if (hit !== undefined) return text(hit['value']);
  throw new Error(`There is no option "${word}". There are: ${options.map(optionText).join(', ')}`);
}

const isFile = (typed: Typed): typed is TypedFile =>
  typeof typed === 'object' && typed !== null && 'content' in typed;

/** A test's word for a value, as the element wants it. */
export function valueFor({ state, person }: Session, element: Obj, typed: Typed): Value {
  if (typed === null) return null;
  const type = text(element['type']);
  if (isFile(typed)) return [stage(state, person, typed.name, Buffer.from(typed.content)).id];
  const all = Array.isArray(typed) ? (typed as readonly string[]) : undefined;
  const each = (turn: (word: string) => string) => (all === undefined ? turn(String(typed)) : all.map(turn));
  if (type.endsWith('users_select')) return each((w) => findPerson(state, w).id);
  if (type.endsWith('channels_select') || type.endsWith('conversations_select'))
    return each((w) => findChannel(state, w).id);
  if (type === 'checkboxes' && typeof typed === 'boolean')
    return typed ? optionsOf(element).map((o) => text(o['value'])) : [];
  if (optionsOf(element).length > 0 || isSearched(element)) return each((w) => chosen(element, w));
  return each((w) => w);
}

export function modalOf(session: Session): Modal | undefined {
  const { state, person, typedIn } = session;
  const current = () => state.stacks.get(person.id)?.at(-1);
  const view = (): View => {
    const top = current();
    if (top === undefined) throw new Error(`${person.handle} has no modal open.`);
    return top;
  };
  if (current() === undefined) return undefined;
  const typed = () => typedIn(view().id);
  const byLabel = <T>(read: (placed: Placed) => T): Record<string, T> =>
    Object.fromEntries(
      elementsOf(view().content['blocks']).flatMap((p) => (p.input ? [[names(p), read(p)] as const] : [])),
    );
  const errors = () => {
    const wrong = view().errors;
    // Of several fields with one label, the one with a sentence counts.
    return Object.fromEntries(
      elementsOf(view().content['blocks']).flatMap((p) =>
        p.input && wrong[p.blockId] !== undefined ? [[names(p), wrong[p.blockId]] as const] : [],
      ),
    );
  };
  const modal: Modal = {
    get title() {
      return textOf(state, view().content['title']);
    },
    get text() {
      return viewText(state, view());
    },
    get labels() {
      return elementsOf(view().content['blocks']).flatMap((p) => (p.input ? [p.label] : []));
    },
    get buttons() {
      return buttonsOf(view().content['blocks']);
    },
    get values() {
      return byLabel(({ blockId, element }) => {
        const key = valueKey(blockId, actionId(element));
        return typed().has(key) ? (typed().get(key) ?? null) : initialValue(element);
      });
    },
    get errors() {
      return errors() as Record<string, string>;
    },
    get problem() {
      return view().problem;
    },
    fill(values) {
      for (const [key, value] of Object.entries(values)) {
        const { blockId, element } = fieldOf(state, view(), key);
        typed().set(valueKey(blockId, actionId(element)), valueFor(session, element, value));
      }
      return modal;
    },
    async search(field, query) {
      const here = view();
      const { blockId, element } = fieldOf(state, here, field);
      const asked = { blockId, actionId: actionId(element), query };
      const { options, problem } = await askForOptions(state, person, here, asked, typed());
      if (problem !== undefined) throw new Error(`The search failed: ${problem}`);
      return options.map(optionText);
    },
    async choose(field, value) {
      modal.fill({ [field]: value });
      const here = view();
      const { blockId, element, dispatch } = fieldOf(state, here, field);
      const key = valueKey(blockId, actionId(element));
      const what = { actionId: actionId(element), blockId, value: typed().get(key) ?? null };
      // Nothing appears because of it, so nothing is waited for.
      if (dispatch) await pressInView(state, person, here, what, typed());
    },
    async submit() {
      const sent = view();
      const result = seen(session, await witness(state, person, () => submit(state, person, sent, typed())));
      const closed = state.stacks.get(person.id)?.some((v) => v.id === sent.id) !== true;
      return Object.assign(result, { closed, errors: closed ? {} : modal.errors });
    },
    async press(named) {
      const here = view();
      const placed = findElement(here.content['blocks'], named);
      if (placed === undefined)
        throw new Error(`The modal has no button "${named}": ${modal.buttons.join(', ')}`);
      const what = { actionId: actionId(placed.element), blockId: placed.blockId };
      return seen(
        session,
        await witness(state, person, () => pressInView(state, person, here, what, typed())),
      );
    },
    close: async () =>
      seen(
        session,
        await witness(state, person, async () => {
          await close(state, person);
          return undefined;
        }),
      ),
  };
  return modal;
}
