import { isObj } from '../page/shared/json.ts';
import { BLOCKS } from './check-blocks.ts';
import { type Check, each, object, optional, problemsOf, string, textObject } from './check-kit.ts';

/** Where blocks are shown. */
export type Surface = 'message' | 'modal' | 'home';

/** @slack/types: 50 blocks in a message, 100 in a modal or on the Home tab. */
const MAX_BLOCKS: Record<Surface, number> = { message: 50, modal: 100, home: 100 };
/** chat.postMessage cuts text above 40,000 characters. */
const MAX_TEXT = 40_000;
/** slackapi/bolt-js#2509: `msg_blocks_too_long` was seen from about 13,200 characters of text in all blocks. */
const MAX_MESSAGE_CHARACTERS = 13_000;

/**
 * What Slack would refuse in `payload`, one sentence each; empty when it would be taken. Independent of the
 * renderer, and offline: shapes and limits as @slack/types 3.2 and docs.slack.dev/reference/block-kit say.
 *
 * `message` takes `{text?, blocks?}` or an array of blocks; `modal` and `home` take a view.
 */
export function check(surface: Surface, payload: unknown): string[] {
  switch (surface) {
    case 'message':
      return checkMessage(payload);
    case 'modal':
      return [...problemsOf(MODAL, 'view', payload), ...checkView(surface, payload)];
    case 'home':
      return [...problemsOf(HOME, 'view', payload), ...checkView(surface, payload)];
    default:
      return surface satisfies never;
  }
}

function checkMessage(payload: unknown): string[] {
  const message = Array.isArray(payload) ? { blocks: payload as unknown[] } : payload;
  if (!isObj(message)) return ['message: not an object'];
  const { text, blocks } = message;
  if (blocks === undefined)
    return typeof text === 'string' && text !== '' ? tooLong(text) : ['message: no_text'];
  return [
    ...(text === undefined ? [] : typeof text === 'string' ? tooLong(text) : ['text: not a string']),
    ...checkBlocks('message', blocks),
  ];
}

const tooLong = (text: string): string[] =>
  text.length > MAX_TEXT ? [`text: ${text.length} characters, at most ${MAX_TEXT}`] : [];

const viewKeys = {
  blocks: (() => []) as Check,
  private_metadata: optional(string({ max: 3000, min: 0 })),
  callback_id: optional(string({ max: 255 })),
  external_id: optional(string({ max: 255 })),
};
const HOME = object({ type: string({ is: ['home'] }), ...viewKeys });
const MODAL = object({
  type: string({ is: ['modal'] }),
  ...viewKeys,
  title: textObject(24, 'plain_text'),
  submit: optional(textObject(24, 'plain_text')),
  close: optional(textObject(24, 'plain_text')),
  clear_on_close: optional((path, value) => (typeof value === 'boolean' ? [] : [`${path}: not a boolean`])),
  notify_on_close: optional((path, value) => (typeof value === 'boolean' ? [] : [`${path}: not a boolean`])),
});

function checkView(surface: 'modal' | 'home', view: unknown): string[] {
  if (!isObj(view)) return [];
  const blocks = Array.isArray(view['blocks']) ? (view['blocks'] as unknown[]) : [];
  const asks = blocks.some((block) => isObj(block) && block['type'] === 'input');
  return [
    ...checkBlocks(surface, view['blocks']),
    ...(surface === 'modal' && asks && view['submit'] === undefined
      ? ['view: input blocks need a submit']
      : []),
  ];
}

function checkBlocks(surface: Surface, blocks: unknown): string[] {
  if (!Array.isArray(blocks)) return ['blocks: not an array'];
  const list = blocks as unknown[];
  const max = MAX_BLOCKS[surface];
  return [
    ...(list.length > max ? [`blocks: ${list.length} items, at most ${max}`] : []),
    ...each((path, block) => checkBlock(surface, path, block))('blocks', list),
    ...duplicates(list, 'block_id'),
    ...list.flatMap((block, i) => duplicates(elementsOf(block), 'action_id', `blocks[${i}]: `)),
    ...(surface === 'message' ? checkWhole(list) : []),
  ];
}

function checkBlock(surface: Surface, path: string, block: unknown): string[] {
  if (!isObj(block)) return [`${path}: not an object`];
  const type = block['type'];
  const known = typeof type === 'string' ? BLOCKS[type] : undefined;
  if (known === undefined) return [`${path}: unsupported type: ${String(type)}`];
  const here = known.on.includes(surface) ? [] : [`${path}: a ${String(type)} block is not for a ${surface}`];
  return [...here, ...problemsOf(known.check, path, block)];
}

/** What holds for a message as a whole: one table (docs.slack.dev/reference/block-kit/blocks/table-block), and its size. */
function checkWhole(blocks: readonly unknown[]): string[] {
  const tables = blocks.filter((block) => isObj(block) && block['type'] === 'table').length;
  const characters = countText(blocks);
  return [
    ...(tables > 1 ? ['blocks: only_one_table_allowed'] : []),
    ...(characters > MAX_MESSAGE_CHARACTERS
      ? [`blocks: msg_blocks_too_long (${characters} characters of text, at most ${MAX_MESSAGE_CHARACTERS})`]
      : []),
  ];
}

/** Characters in every `text` and `alt_text` below. */
function countText(value: unknown): number {
  if (Array.isArray(value))
    return (value as unknown[]).reduce<number>((sum, item) => sum + countText(item), 0);
  if (!isObj(value)) return 0;
  return Object.entries(value).reduce(
    (sum, [key, item]) =>
      sum +
      (typeof item === 'string' ? (key === 'text' || key === 'alt_text' ? item.length : 0) : countText(item)),
    0,
  );
}

function elementsOf(block: unknown): unknown[] {
  if (!isObj(block)) return [];
  const { elements, accessory, element } = block;
  return [...(Array.isArray(elements) ? (elements as unknown[]) : []), accessory, element];
}

function duplicates(items: readonly unknown[], key: 'block_id' | 'action_id', where = ''): string[] {
  const ids = items.flatMap((item) => (isObj(item) && typeof item[key] === 'string' ? [item[key]] : []));
  const twice = new Set(ids.filter((id, i) => ids.indexOf(id) !== i));
  return [...twice].map((id) => `${where}${key} ${JSON.stringify(id)} already exists`);
}
