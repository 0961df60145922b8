import { isObj } from '../page/shared/json.ts';
import { BUTTONS, PICKERS, TEXT_INPUTS, image, imageSource, richText } from './check-elements.ts';
import {
  type Check,
  array,
  boolean,
  number,
  object,
  oneOf,
  optional,
  string,
  textObject,
  webUrl,
} from './check-kit.ts';

// Limits: @slack/types 3.2, blocks; surfaces: docs.slack.dev/reference/block-kit/blocks.

const common = (name: string) => ({
  type: string({ is: [name] }),
  block_id: optional(string({ max: 255 })),
});
const plain = (max: number): Check => textObject(max, 'plain_text');
const ALL = ['message', 'modal', 'home'] as const;

interface Block {
  readonly on: readonly ('message' | 'modal' | 'home')[];
  readonly check: Check;
}

const section: Check = object(
  {
    ...common('section'),
    text: optional(textObject(3000)),
    fields: optional(array(textObject(2000), { max: 10 })),
    accessory: optional(oneOf({ image, ...BUTTONS, ...PICKERS })),
    expand: optional(boolean),
  },
  (path, value) =>
    isObj(value) && value['text'] === undefined && value['fields'] === undefined
      ? [`${path}: give text or fields`]
      : [],
);

const cell = oneOf({
  raw_text: object({ type: string({ is: ['raw_text'] }), text: string() }),
  raw_number: object({ type: string({ is: ['raw_number'] }), value: number, text: string() }),
  rich_text: richText,
});

const table: Check = object(
  {
    ...common('table'),
    rows: array(array(cell, { max: 20 }), { max: 100 }),
    column_settings: optional(
      array(
        object({
          align: optional(string({ is: ['left', 'center', 'right'] })),
          is_wrapped: optional(boolean),
        }),
        { max: 20 },
      ),
    ),
  },
  (path, value) => {
    const rows = isObj(value) && Array.isArray(value['rows']) ? (value['rows'] as unknown[]) : [];
    const widths = new Set(rows.map((row) => (Array.isArray(row) ? row.length : 0)));
    return widths.size > 1 ? [`${path}: rows of different lengths`] : [];
  },
);

/** Every block this checker knows, and where it may stand. What is not here is refused. */
export const BLOCKS: Readonly<Record<string, Block>> = {
  header: { on: ALL, check: object({ ...common('header'), text: plain(150) }) },
  section: { on: ALL, check: section },
  divider: { on: ALL, check: object(common('divider')) },
  context: {
    on: ALL,
    check: object({
      ...common('context'),
      elements: array(oneOf({ image, plain_text: textObject(3000), mrkdwn: textObject(3000) }), { max: 10 }),
    }),
  },
  actions: {
    on: ALL,
    check: object({ ...common('actions'), elements: array(oneOf({ ...BUTTONS, ...PICKERS }), { max: 25 }) }),
  },
  image: {
    on: ALL,
    check: object(
      {
        ...common('image'),
        alt_text: string({ max: 2000 }),
        title: optional(plain(2000)),
        image_url: optional(webUrl),
        slack_file: optional(object({ id: optional(string()), url: optional(webUrl) })),
      },
      imageSource,
    ),
  },
  input: {
    on: ALL,
    check: object({
      ...common('input'),
      label: plain(2000),
      hint: optional(plain(2000)),
      optional: optional(boolean),
      dispatch_action: optional(boolean),
      element: oneOf({ ...TEXT_INPUTS, ...PICKERS }),
    }),
  },
  rich_text: { on: ALL, check: richText },
  markdown: { on: ['message'], check: object({ ...common('markdown'), text: string({ max: 12_000 }) }) },
  table: { on: ['message'], check: table },
};
