import { list, type Obj, obj, text } from './json.ts';

/** An interactive element with the block it stands in. */
export interface Placed {
  readonly blockId: string;
  readonly element: Obj;
  /** The label of an input block. */
  readonly label: string;
  readonly optional: boolean;
  readonly input: boolean;
  /** The app wants to be told of each choice. */
  readonly dispatch: boolean;
}

/** All elements that can be pressed, chosen or filled in, in reading order. */
export function elementsOf(blocks: unknown): readonly Placed[] {
  return list(blocks).flatMap((block): Placed[] => {
    const blockId = text(block['block_id']);
    const label = text(obj(block['label'])['text']);
    const place = (element: Obj, input: boolean): Placed => ({
      blockId,
      element,
      label,
      optional: block['optional'] === true,
      input,
      dispatch: !input || block['dispatch_action'] === true,
    });
    switch (block['type']) {
      case 'actions':
        return list(block['elements']).map((e) => place(e, false));
      case 'section':
        return 'accessory' in block && 'action_id' in obj(block['accessory'])
          ? [place(obj(block['accessory']), false)]
          : [];
      case 'input':
        return [place(obj(block['element']), true)];
      default:
        return [];
    }
  });
}

export const elementText = (element: Obj): string => text(obj(element['text'])['text']);
export const actionId = (element: Obj): string => text(element['action_id']);

/** The options of a select, radio group, checkboxes or overflow menu, groups flattened. */
export const optionsOf = (element: Obj): readonly Obj[] => [
  ...list(element['options']),
  ...list(element['option_groups']).flatMap((group) => list(group['options'])),
];

/** A menu whose choices the app is asked for while somebody types. */
export const isSearched = (element: Obj): boolean => text(element['type']).endsWith('external_select');

/** What somebody chose or typed: text, an option's value, ids, or several of them. */
export type Value = string | readonly string[] | null;

const option = (element: Obj, value: string): Obj | undefined =>
  optionsOf(element).find((o) => o['value'] === value);
const many = (value: Value): readonly string[] =>
  value === null ? [] : typeof value === 'string' ? [value] : value;
const one = (value: Value): string | null => many(value)[0] ?? null;

/** An element's value the way `state.values` and `actions` carry it. */
export function valueShape(element: Obj, value: Value): Obj {
  const type = text(element['type']);
  switch (type) {
    case 'static_select':
    case 'external_select':
    case 'radio_buttons':
    case 'overflow':
      return {
        type,
        selected_option: one(value) === null ? null : (option(element, one(value) ?? '') ?? null),
      };
    case 'multi_static_select':
    case 'multi_external_select':
    case 'checkboxes':
      return { type, selected_options: many(value).flatMap((v) => option(element, v) ?? []) };
    case 'users_select':
      return { type, selected_user: one(value) };
    case 'multi_users_select':
      return { type, selected_users: many(value) };
    case 'channels_select':
      return { type, selected_channel: one(value) };
    case 'multi_channels_select':
      return { type, selected_channels: many(value) };
    case 'conversations_select':
      return { type, selected_conversation: one(value) };
    case 'multi_conversations_select':
      return { type, selected_conversations: many(value) };
    case 'file_input':
      return { type, files: many(value).map((id) => ({ id })) };
    case 'datepicker':
      return { type, selected_date: one(value) };
    case 'timepicker':
      return { type, selected_time: one(value) };
    case 'datetimepicker':
      return { type, selected_date_time: one(value) === null ? null : Number(one(value)) };
    default:
      return { type, value: one(value) === '' ? null : one(value) };
  }
}

/** What an element holds before anybody touches it. */
export function initialValue(element: Obj): Value {
  const chosen = element['initial_option'];
  if (chosen !== undefined) return text(obj(chosen)['value']);
  if ('initial_options' in element) return list(element['initial_options']).map((o) => text(o['value']));
  for (const key of ['user', 'channel', 'conversation', 'date', 'time', 'value'])
    if (typeof element[`initial_${key}`] === 'string') return text(element[`initial_${key}`]);
  for (const key of ['users', 'channels', 'conversations'])
    if (Array.isArray(element[`initial_${key}`])) return element[`initial_${key}`] as readonly string[];
  return typeof element['initial_date_time'] === 'number' ? String(element['initial_date_time']) : null;
}

const isEmpty = (value: Value): boolean => value === null || value.length === 0;

export type Values = ReadonlyMap<string, Value>;
export const valueKey = (blockId: string, action: string): string => `${blockId} ${action}`;

/** `state.values` of a view: what was typed where something was, the initial value elsewhere. */
export function stateValues(blocks: unknown, typed: Values): Obj {
  const values: Record<string, Record<string, Obj>> = {};
  for (const { blockId, element } of elementsOf(blocks)) {
    if (text(element['type']) === 'button') continue;
    const id = actionId(element);
    const key = valueKey(blockId, id);
    const value = typed.has(key) ? (typed.get(key) ?? null) : initialValue(element);
    (values[blockId] ??= {})[id] = valueShape(element, value);
  }
  return values;
}

/** What Slack's own client refuses before anything is sent: by block id, in its words. */
export function clientErrors(blocks: unknown, typed: Values): Record<string, string> {
  const errors: Record<string, string> = {};
  for (const { blockId, element, optional, input } of elementsOf(blocks)) {
    if (!input) continue;
    const key = valueKey(blockId, actionId(element));
    const value = typed.has(key) ? (typed.get(key) ?? null) : initialValue(element);
    const problem = wrong(element, value, optional);
    if (problem !== undefined) errors[blockId] = problem;
  }
  return errors;
}

function wrong(element: Obj, value: Value, optional: boolean): string | undefined {
  if (isEmpty(value)) return optional ? undefined : 'Please complete this required field.';
  if (typeof value !== 'string') return undefined;
  const { max_length: max, min_length: min, is_decimal_allowed: decimals } = element;
  if (typeof max === 'number' && value.length > max) return `Please use at most ${max} characters.`;
  if (typeof min === 'number' && value.length < min) return `Please use at least ${min} characters.`;
  if (element['type'] !== 'number_input') return undefined;
  if (!/^-?\d+(\.\d+)?$/.test(value)) return 'Please enter a number.';
  return decimals !== true && value.includes('.') ? 'Please enter a whole number.' : undefined;
}
