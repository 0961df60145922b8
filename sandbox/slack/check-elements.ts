import { isObj } from '../page/shared/json.ts';
import {
  type Check,
  array,
  boolean,
  integer,
  number,
  object,
  oneOf,
  optional,
  string,
  textObject,
  webUrl,
} from './check-kit.ts';

// Limits: @slack/types 3.2, block-elements and composition-objects.

const type = (name: string): Check => string({ is: [name] });
const plain = (max: number): Check => textObject(max, 'plain_text');

const confirm = object({
  title: optional(plain(100)),
  text: textObject(300),
  confirm: optional(plain(30)),
  deny: optional(plain(30)),
  style: optional(string({ is: ['primary', 'danger'] })),
});

const actionable = { action_id: optional(string({ max: 255 })) };
const confirmable = { confirm: optional(confirm) };
const focusable = { focus_on_load: optional(boolean) };
const placeholdable = { placeholder: optional(plain(150)) };
const dispatchable = {
  dispatch_action_config: optional(
    object({
      trigger_actions_on: optional(array(string({ is: ['on_enter_pressed', 'on_character_entered'] }))),
    }),
  ),
};

const optionOf = (text: Check): Check =>
  object({
    text,
    value: string({ max: 150 }),
    description: optional(textObject(75)),
    url: optional(webUrl),
  });
const plainOption = optionOf(plain(75));
const anyOption = optionOf(textObject(75));
const group = object({ label: plain(75), options: array(plainOption, { max: 100 }) });

const menu = {
  ...actionable,
  ...confirmable,
  ...focusable,
  ...placeholdable,
};

/** `options` or `option_groups`, not both, and an initial choice that is one of them. */
const offersChoices: Check = (path, value) => {
  if (!isObj(value)) return [];
  const { options, option_groups: groups } = value;
  if ((options === undefined) === (groups === undefined)) return [`${path}: give options or option_groups`];
  const all = Array.isArray(options)
    ? (options as unknown[])
    : Array.isArray(groups)
      ? (groups as unknown[]).flatMap((g) =>
          isObj(g) && Array.isArray(g['options']) ? (g['options'] as unknown[]) : [],
        )
      : [];
  return hasInitial(path, value, all);
};

const offersOptions: Check = (path, value) =>
  isObj(value) && Array.isArray(value['options'])
    ? hasInitial(path, value, value['options'] as unknown[])
    : [];

function hasInitial(
  path: string,
  element: Readonly<Record<string, unknown>>,
  options: readonly unknown[],
): string[] {
  const { initial_option: one, initial_options: several } = element;
  const offered = new Set(options.map((option) => JSON.stringify(option)));
  return [...(one === undefined ? [] : [one]), ...(Array.isArray(several) ? (several as unknown[]) : [])]
    .filter((initial) => !offered.has(JSON.stringify(initial)))
    .map(() => `${path}: the initial option is not one of the options`);
}

const userId = string({ like: /^[UW][A-Z0-9]+$/ });
const conversationId = string({ like: /^[CDG][A-Z0-9]+$/ });
const textInput = {
  ...actionable,
  ...dispatchable,
  ...focusable,
  ...placeholdable,
};
const days = string({ like: /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/ });

export const image = object(
  {
    type: type('image'),
    alt_text: string({ max: 2000 }),
    image_url: optional(webUrl),
    slack_file: optional(object({ id: optional(string()), url: optional(webUrl) })),
  },
  (path, value) => imageSource(path, value),
);

/** A picture comes from exactly one place. */
export function imageSource(path: string, value: unknown): string[] {
  if (!isObj(value)) return [];
  const { image_url: url, slack_file: file } = value;
  if ((url === undefined) === (file === undefined)) return [`${path}: give image_url or slack_file`];
  return isObj(file) && (file['id'] === undefined) === (file['url'] === undefined)
    ? [`${path}.slack_file: give id or url`]
    : [];
}

const button = object({
  type: type('button'),
  ...actionable,
  ...confirmable,
  text: plain(75),
  value: optional(string({ max: 2000 })),
  url: optional(webUrl),
  style: optional(string({ is: ['primary', 'danger'] })),
  accessibility_label: optional(string({ max: 75 })),
});

const choices = {
  options: optional(array(plainOption, { max: 100 })),
  option_groups: optional(array(group, { max: 100 })),
};
const max_selected_items = optional(integer(1));
const filter = optional(
  object({
    include: optional(array(string({ is: ['im', 'mpim', 'private', 'public'] }))),
    exclude_external_shared_channels: optional(boolean),
    exclude_bot_users: optional(boolean),
  }),
);

/** Select menus, pickers and choices: in input, section and actions blocks alike. */
export const PICKERS: Readonly<Record<string, Check>> = {
  static_select: object(
    { type: type('static_select'), ...menu, ...choices, initial_option: optional(plainOption) },
    offersChoices,
  ),
  multi_static_select: object(
    {
      type: type('multi_static_select'),
      ...menu,
      ...choices,
      initial_options: optional(array(plainOption)),
      max_selected_items,
    },
    offersChoices,
  ),
  external_select: object({
    type: type('external_select'),
    ...menu,
    min_query_length: optional(integer(0)),
    initial_option: optional(plainOption),
  }),
  multi_external_select: object({
    type: type('multi_external_select'),
    ...menu,
    min_query_length: optional(integer(0)),
    initial_options: optional(array(plainOption)),
    max_selected_items,
  }),
  users_select: object({ type: type('users_select'), ...menu, initial_user: optional(userId) }),
  multi_users_select: object({
    type: type('multi_users_select'),
    ...menu,
    initial_users: optional(array(userId)),
    max_selected_items,
  }),
  conversations_select: object({
    type: type('conversations_select'),
    ...menu,
    initial_conversation: optional(conversationId),
    default_to_current_conversation: optional(boolean),
    response_url_enabled: optional(boolean),
    filter,
  }),
  channels_select: object({
    type: type('channels_select'),
    ...menu,
    initial_channel: optional(conversationId),
    response_url_enabled: optional(boolean),
  }),
  datepicker: object({ type: type('datepicker'), ...menu, initial_date: optional(days) }),
  timepicker: object({
    type: type('timepicker'),
    ...menu,
    initial_time: optional(string({ like: /^([01]\d|2[0-3]):[0-5]\d$/ })),
    timezone: optional(string()),
  }),
  datetimepicker: object({
    type: type('datetimepicker'),
    ...actionable,
    ...confirmable,
    ...focusable,
    initial_date_time: optional(integer(1_000_000_000, 9_999_999_999)),
  }),
  radio_buttons: object(
    {
      type: type('radio_buttons'),
      ...actionable,
      ...confirmable,
      ...focusable,
      options: array(anyOption, { max: 10 }),
      initial_option: optional(anyOption),
    },
    offersOptions,
  ),
  checkboxes: object(
    {
      type: type('checkboxes'),
      ...actionable,
      ...confirmable,
      ...focusable,
      options: array(anyOption, { max: 10 }),
      initial_options: optional(array(anyOption)),
    },
    offersOptions,
  ),
};

/** What an app answers when a menu asks for its choices. Unlike elsewhere, there may be none. */
export const SUGGESTIONS: Check = object({ options: array(plainOption, { min: 0, max: 100 }) });

export const BUTTONS: Readonly<Record<string, Check>> = {
  button,
  overflow: object({
    type: type('overflow'),
    ...actionable,
    ...confirmable,
    options: array(plainOption, { max: 5 }),
  }),
};

/** Elements that only an input block holds. */
export const TEXT_INPUTS: Readonly<Record<string, Check>> = {
  plain_text_input: object(
    {
      type: type('plain_text_input'),
      ...textInput,
      initial_value: optional(string({ min: 0, max: 3000 })),
      multiline: optional(boolean),
      min_length: optional(integer(0, 3000)),
      max_length: optional(integer(1, 3000)),
    },
    (path, value) => {
      if (!isObj(value)) return [];
      const { initial_value: initial, max_length: max } = value;
      return typeof initial === 'string' && typeof max === 'number' && initial.length > max
        ? [`${path}: initial_value is longer than max_length`]
        : [];
    },
  ),
  email_text_input: object({
    type: type('email_text_input'),
    ...textInput,
    initial_value: optional(string()),
  }),
  url_text_input: object({ type: type('url_text_input'), ...textInput, initial_value: optional(string()) }),
  number_input: object({
    type: type('number_input'),
    ...textInput,
    is_decimal_allowed: boolean,
    initial_value: optional(string()),
    min_value: optional(string()),
    max_value: optional(string()),
  }),
  file_input: object({
    type: type('file_input'),
    ...actionable,
    filetypes: optional(array(string())),
    max_files: optional(integer(1, 10)),
  }),
};

// Rich text: docs.slack.dev/reference/block-kit/blocks/rich-text-block.
const style = optional(
  object({
    bold: optional(boolean),
    italic: optional(boolean),
    strike: optional(boolean),
    code: optional(boolean),
  }),
);
const inline = oneOf({
  text: object({ type: type('text'), text: string(), style }),
  link: object({
    type: type('link'),
    url: webUrl,
    text: optional(string()),
    unsafe: optional(boolean),
    style,
  }),
  user: object({ type: type('user'), user_id: userId, style }),
  channel: object({ type: type('channel'), channel_id: conversationId, style }),
  emoji: object({ type: type('emoji'), name: string(), unicode: optional(string()), style }),
  date: object({
    type: type('date'),
    timestamp: number,
    format: string({ like: /\{[a-z_]+\}/ }),
    url: optional(webUrl),
    fallback: optional(string()),
    style,
  }),
  broadcast: object({
    type: type('broadcast'),
    range: string({ is: ['here', 'channel', 'everyone'] }),
    style,
  }),
});
const section = object({ type: type('rich_text_section'), elements: array(inline) });
export const richText = object({
  type: type('rich_text'),
  block_id: optional(string({ max: 255 })),
  elements: array(
    oneOf({
      rich_text_section: section,
      rich_text_quote: object({
        type: type('rich_text_quote'),
        elements: array(inline),
        border: optional(integer(0, 1)),
      }),
      rich_text_preformatted: object({
        type: type('rich_text_preformatted'),
        elements: array(inline),
        border: optional(integer(0, 1)),
      }),
      rich_text_list: object({
        type: type('rich_text_list'),
        elements: array(section),
        style: string({ is: ['bullet', 'ordered'] }),
        indent: optional(integer(0)),
        border: optional(integer(0, 1)),
      }),
    }),
  ),
});
