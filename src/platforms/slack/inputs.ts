import type { InputBlockElement, PlainTextOption } from '@slack/types';
import type { Field, Option, TypedValue } from '../../ui/form.ts';
import type { Names } from '../platform.ts';
import { clip } from '../../text.ts';
import { clean } from './clean.ts';
import { LIMITS } from './limits.ts';
import { CONVERSATION, USER, plainText } from './text.ts';

/**
 * The block in which a field stands; errors go beside it by this id. In a block that it knows Slack keeps what was
 * filled in, so a field that shall show something else gets the next `turn`.
 */
export const blockId = (field: string, turn = 0): string =>
  turn === 0 ? `field:${field}` : `field:${field}:${turn}`;
const BLOCK = /^field:([^:]+)(?::(\d+))?$/;
const fieldOf = (block: string): string | undefined => BLOCK.exec(block)?.[1];

/** How a modal that is open names the block of each field; the first name for others. */
export function blocksIn(blocks: readonly { readonly block_id?: string }[]): (field: string) => string {
  const ids = new Map(blocks.map(({ block_id = '' }) => [fieldOf(block_id), block_id]));
  return (field) => ids.get(field) ?? blockId(field);
}

/** The same for a modal in which these fields show something new. */
export function nextBlocks(open: (field: string) => string, renewed: readonly string[]) {
  return (field: string): string =>
    renewed.includes(field) ? blockId(field, Number(BLOCK.exec(open(field))?.[2] ?? 0) + 1) : open(field);
}

type OfKind<K extends Field['kind']> = Extract<Field, { kind: K }>;

const DAY = /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/;
const TIME = /^([01]\d|2[0-3]):[0-5]\d$/;

/** The control for a field; undefined when there is nothing to choose from. An initial value that Slack would refuse is left out. */
export function inputElement(field: Field, names: Names): InputBlockElement | undefined {
  const action_id = field.kind;
  switch (field.kind) {
    case 'text':
    case 'number':
      return { type: 'plain_text_input', action_id, ...typed(field) };
    case 'long_text':
      return { type: 'plain_text_input', action_id, multiline: true, ...typed(field) };
    case 'date':
      return { type: 'datepicker', action_id, ...given('initial_date', matching(DAY, field.initial)) };
    case 'time':
      return { type: 'timepicker', action_id, ...given('initial_time', matching(TIME, field.initial)) };
    case 'select':
      return select(field, action_id);
    case 'multi_select':
      return multiSelect(field, action_id);
    case 'search': {
      const [initial] = optionsOf(field.initial === undefined ? [] : [field.initial]);
      return { type: 'external_select', ...searched(field), ...given('initial_option', initial) };
    }
    case 'multi_search': {
      const initial = optionsOf(field.initial ?? []);
      return {
        type: 'multi_external_select',
        ...searched(field),
        ...given('initial_options', initial.length > 0 ? initial : undefined),
      };
    }
    case 'yes_no':
      return yesNo(field, action_id);
    case 'person':
      return { type: 'users_select', action_id, ...given('initial_user', userOf(field.initial, names)) };
    case 'people': {
      const users = [...new Set((field.initial ?? []).flatMap((id) => userOf(id, names) ?? []))];
      return {
        type: 'multi_users_select',
        action_id,
        ...given('initial_users', users.length > 0 ? users : undefined),
      };
    }
    case 'channel':
      return {
        type: 'conversations_select',
        action_id,
        filter: { include: ['public', 'private'], exclude_bot_users: true },
        ...given('initial_conversation', matching(CONVERSATION, token(field.initial, '#'))),
      };
    case 'file':
      return { type: 'file_input', action_id, filetypes: [...field.types], max_files: 1 };
    default:
      return field satisfies never;
  }
}

/** `{[key]: value}`, or nothing when there is no value. */
const given = <K extends string, V>(key: K, value: V | undefined): { [k in K]?: V } =>
  (value === undefined ? {} : { [key]: value }) as { [k in K]?: V };

const matching = (pattern: RegExp, value: string | undefined): string | undefined =>
  value !== undefined && pattern.test(value) ? value : undefined;

/** `<@U1>` and `<#C1>` are what submissions hold, so forms that come back hold them as initial values. */
const token = (value: string | undefined, sign: '@' | '#'): string | undefined =>
  value?.startsWith(`<${sign}`) && value.endsWith('>') ? value.slice(2, -1) : value;

const userOf = (id: string | undefined, names: Names): string | undefined =>
  id === undefined ? undefined : matching(USER, id.startsWith('<@') ? token(id, '@') : names.user(id)?.ref);

function typed(field: OfKind<'text' | 'long_text' | 'number'>) {
  const max = Math.max(
    1,
    Math.min('max' in field ? (field.max ?? LIMITS.input.text) : LIMITS.input.text, LIMITS.input.text),
  );
  const initial = clip(clean(field.initial ?? ''), max);
  return {
    max_length: max,
    ...given('initial_value', initial === '' ? undefined : initial),
    ...given(
      'placeholder',
      field.placeholder === undefined || field.placeholder.trim() === ''
        ? undefined
        : plainText(field.placeholder, LIMITS.input.placeholder),
    ),
  };
}

/** Who is asked for the choices stands in the action id, since nothing else of a field comes with the question. */
const searched = ({ kind, source }: OfKind<'search' | 'multi_search'>) => ({
  action_id: `${kind}:${source}`,
  // The first ones are shown before anything is typed.
  min_query_length: 0,
  placeholder: plainText('Type to search', LIMITS.input.placeholder),
});

/** The source that a search field asks; undefined for any other control. */
export const sourceOf = (action: string): string | undefined => SEARCHED.exec(action)?.[1];
export const SEARCHED = /^(?:multi_)?search:([a-z]{1,20})$/;

/** Options that Slack can carry: values are kept whole, so one that is too long is not offered. */
export const optionsOf = (options: readonly Option[]): PlainTextOption[] =>
  options
    .filter((option) => option.value.length > 0 && option.value.length <= LIMITS.option.value)
    .slice(0, LIMITS.option.perGroup * LIMITS.option.groups)
    .map((option) => ({ text: plainText(option.label, LIMITS.option.text), value: option.value }));

/** Up to 100 options as they are; more in groups of 100, named after their first and last. */
function choices(options: readonly PlainTextOption[]) {
  const size = LIMITS.option.perGroup;
  if (options.length <= size) return { options: [...options] };
  return {
    option_groups: Array.from({ length: Math.ceil(options.length / size) }, (_, i) => {
      const some = options.slice(i * size, (i + 1) * size);
      const [from, to] = [some[0]?.text.text ?? '', some.at(-1)?.text.text ?? ''];
      return { label: plainText(`${clip(from, 35)} – ${clip(to, 35)}`, LIMITS.option.text), options: some };
    }),
  };
}

function select(field: OfKind<'select'>, action_id: string): InputBlockElement | undefined {
  const options = optionsOf(field.options);
  if (options.length === 0) return undefined;
  const initial = options.find((option) => option.value === field.initial);
  return { type: 'static_select', action_id, ...choices(options), ...given('initial_option', initial) };
}

function multiSelect(field: OfKind<'multi_select'>, action_id: string): InputBlockElement | undefined {
  const options = optionsOf(field.options);
  if (options.length === 0) return undefined;
  const initial = options.filter(
    (option) => option.value !== undefined && field.initial?.includes(option.value),
  );
  return {
    type: 'multi_static_select',
    action_id,
    ...choices(options),
    ...given('initial_options', initial.length > 0 ? initial : undefined),
  };
}

// A checkbox could not say no: Slack demands that a required one is ticked.
const YES: PlainTextOption = { text: { type: 'plain_text', text: 'Yes', emoji: false }, value: 'true' };
const NO: PlainTextOption = { text: { type: 'plain_text', text: 'No', emoji: false }, value: 'false' };

function yesNo(field: OfKind<'yes_no'>, action_id: string): InputBlockElement {
  const initial = field.initial === undefined ? undefined : field.initial ? YES : NO;
  return { type: 'radio_buttons', action_id, options: [YES, NO], ...given('initial_option', initial) };
}

/** One control's part of `view.state.values`, as Slack sends it. */
interface Submitted {
  readonly type?: string;
  readonly value?: string | null;
  readonly selected_option?: { readonly value?: string } | null;
  readonly selected_options?: readonly { readonly value?: string }[];
  readonly selected_date?: string | null;
  readonly selected_time?: string | null;
  readonly selected_user?: string | null;
  readonly selected_users?: readonly string[];
  readonly selected_conversation?: string | null;
  readonly files?: readonly { readonly id: string }[];
}
export type StateValues = Readonly<Record<string, Readonly<Record<string, Submitted>>>>;

/** What was submitted, by field name. Blocks that are not fields of ours are passed over. */
export function rawValues(values: StateValues): Readonly<Record<string, TypedValue>> {
  const raw: Record<string, TypedValue> = {};
  for (const [block, controls] of Object.entries(values)) {
    const name = fieldOf(block);
    const [entry] = Object.entries(controls);
    if (name !== undefined && entry !== undefined)
      raw[name] = rawValue(entry[0].split(':')[0] as Field['kind'], entry[1]);
  }
  return raw;
}

/** Ids of the files that were chosen, by field name. Their text is fetched before the form is decided. */
export function chosenFiles(values: StateValues): ReadonlyMap<string, string> {
  const chosen = new Map<string, string>();
  for (const [block, controls] of Object.entries(values)) {
    const name = fieldOf(block);
    const id = controls['file']?.files?.[0]?.id;
    if (name !== undefined && id !== undefined) chosen.set(name, id);
  }
  return chosen;
}

function rawValue(kind: Field['kind'], control: Submitted): TypedValue {
  switch (kind) {
    case 'text':
    case 'long_text':
    case 'number':
      return control.value === undefined || control.value === '' ? null : control.value;
    case 'date':
      return control.selected_date ?? null;
    case 'time':
      return control.selected_time ?? null;
    case 'select':
    case 'search':
      return control.selected_option?.value ?? null;
    case 'multi_select':
    case 'multi_search':
      return (control.selected_options ?? []).flatMap((option) => option.value ?? []);
    case 'yes_no':
      return control.selected_option?.value === undefined ? null : control.selected_option.value === 'true';
    case 'person':
      return control.selected_user ? `<@${control.selected_user}>` : null;
    case 'people':
      return (control.selected_users ?? []).map((user) => `<@${user}>`);
    case 'channel':
      return control.selected_conversation ? `<#${control.selected_conversation}>` : null;
    case 'file':
      return null;
    default:
      kind satisfies never;
      return null;
  }
}
