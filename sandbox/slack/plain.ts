import { formatDate, parseMrkdwn, type Span } from '../page/mrkdwn.ts';
import { actionId, elementsOf, elementText } from '../page/shared/elements.ts';
import { list, obj, type Obj, text } from '../page/shared/json.ts';
import { botName, type State } from './state.ts';
import type { Message, View } from './types.ts';

/** Marks that look like formatting signs stand in for them, and an invisible space keeps words apart. */
const LOOKALIKES: Readonly<Record<string, string>> = { '∗': '*', ˍ: '_', '∼': '~', ˋ: '`', '\u200B': '' };
const readable = (words: string): string => words.replaceAll(/[∗ˍ∼ˋ\u200B]/g, (c) => LOOKALIKES[c] ?? c);

export const nameOf = (state: State, id: string): string => {
  if (id === state.setup.botUserId) return botName(state).toLowerCase();
  return id === 'USLACKBOT' ? 'Slackbot' : (state.people.get(id)?.handle ?? id);
};

function words(state: State, spans: readonly Span[]): string {
  return spans
    .map((span): string => {
      switch (span.kind) {
        case 'text':
        case 'code':
        case 'pre':
          return span.text;
        case 'bold':
        case 'italic':
        case 'strike':
          return words(state, span.spans);
        case 'quote':
          return `${words(state, span.spans)}\n`;
        case 'user':
          return `@${nameOf(state, span.id)}`;
        case 'channel':
          return `#${state.channels.get(span.id)?.name ?? span.label}`;
        case 'everyone':
          return `@${span.name}`;
        case 'link':
          return span.text;
        case 'date':
          return span.fallback === '' ? formatDate(span.at, span.format, 'UTC') : span.fallback;
        default:
          return span satisfies never;
      }
    })
    .join('');
}

/** A text object, mrkdwn or plain, as a person reads it. */
export function textOf(state: State, value: unknown): string {
  const object = obj(value);
  const raw = text(object['text']);
  return readable(object['type'] === 'mrkdwn' ? words(state, parseMrkdwn(raw)) : raw);
}

function richWords(state: State, value: unknown): string {
  const element = obj(value);
  const inner = () => list(element['elements']).map((e) => richWords(state, e));
  switch (element['type']) {
    case 'rich_text':
    case 'rich_text_list':
      return inner().join('\n');
    case 'user':
      return `@${nameOf(state, text(element['user_id']))}`;
    case 'channel':
      return `#${state.channels.get(text(element['channel_id']))?.name ?? ''}`;
    case 'link':
      return text(element['text']) || text(element['url']);
    case 'date':
      return text(element['fallback']);
    case 'broadcast':
      return `@${text(element['range'])}`;
    case 'text':
    case 'raw_text':
      return readable(text(element['text']));
    default:
      return inner().join('');
  }
}

const row = (state: State, cells: unknown): string =>
  list(cells)
    .map((cell) => richWords(state, cell))
    .join(' | ');

function blockWords(state: State, block: Obj): string[] {
  switch (block['type']) {
    case 'header':
      return [textOf(state, block['text'])];
    case 'section':
      return [
        ...('text' in block ? [textOf(state, block['text'])] : []),
        ...list(block['fields']).map((f) => textOf(state, f)),
      ];
    case 'context':
      return [
        list(block['elements'])
          .map((e) => (e['type'] === 'image' ? text(e['alt_text']) : textOf(state, e)))
          .join(' '),
      ];
    case 'image':
      return [`[${text(block['alt_text'])}]`];
    case 'markdown':
      return [readable(text(block['text']))];
    case 'rich_text':
      return [richWords(state, block)];
    case 'table':
      return Array.isArray(block['rows'])
        ? (block['rows'] as unknown[]).map((cells) => row(state, cells))
        : [];
    case 'input':
      return [text(obj(block['label'])['text'])];
    default:
      return [];
  }
}

/** Blocks as lines of text: what somebody reads, without buttons. */
export const blocksText = (state: State, blocks: unknown): string =>
  list(blocks)
    .flatMap((block) => blockWords(state, block))
    .join('\n');

/** A message as somebody reads it. Buttons are not part of it: see `buttonsOf`. */
export const plainText = (state: State, message: Message): string =>
  message.blocks.length > 0
    ? blocksText(state, message.blocks)
    : readable(words(state, parseMrkdwn(message.text)));

export const viewText = (state: State, view: View): string => blocksText(state, view.content['blocks']);

export const buttonsOf = (blocks: unknown): readonly string[] =>
  elementsOf(blocks).flatMap(({ element }) =>
    element['type'] === 'button' ? [elementText(element) || actionId(element)] : [],
  );
