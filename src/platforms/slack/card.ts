import type { HeaderBlock, ImageBlock, KnownBlock } from '@slack/types';
import type { Button, Card, Element, Picture } from '../../ui/card.ts';
import { type Text, inlines } from '../../ui/text.ts';
import type { Names } from '../platform.ts';
import { line } from './clean.ts';
import { LIMITS } from './limits.ts';
import { buttonElement } from './press.ts';
import { tableBlock, tableLines } from './table.ts';
import { weigh } from './weigh.ts';
import { escape, mrkdwn, neutral, plainText, safeUrl, unbroadcast } from './text.ts';

export type Surface = 'message' | 'modal' | 'home';

/** Where Slack finds a picture: at an address, or among the files uploaded for this message. */
export type PictureSource = { readonly url: string } | { readonly file: string };

export interface RenderOptions {
  readonly names: Names;
  readonly surface: Surface;
  /** Undefined when there is neither; the alternative text then stands in for the picture. */
  readonly picture: (picture: Picture) => PictureSource | undefined;
  /** Throws where something had to be left out that no card should ask for. For tests. */
  readonly strict?: boolean;
}

/** What has been rendered so far, and how much text may still be. */
interface Page {
  readonly options: RenderOptions;
  readonly ids: Map<string, number>;
  room: number;
  tables: number;
  cut: boolean;
}

/** A card as Block Kit, within every limit of the surface; a pointer to the rest stands where something is missing. */
export function renderCard(card: Card, options: RenderOptions): { blocks: KnownBlock[]; text: string } {
  const end = pointer(card.rest);
  const room = LIMITS.messageText - weigh(end);
  const page: Page = { options, ids: new Map(), room, tables: 0, cut: false };
  const { body, last } = apart(card.body);
  // Buttons at the end stay, whatever has to be left out above them.
  const ending = last.flatMap((element) => blocksOf(element, page));
  const max = (options.surface === 'message' ? LIMITS.messageBlocks : LIMITS.viewBlocks) - ending.length;
  const blocks: KnownBlock[] = [];
  if (card.title.trim() !== '') blocks.push(header(card.title));
  for (const element of body) {
    blocks.push(...blocksOf(element, page));
    if (blocks.length > max) break;
  }
  if (blocks.length > max) page.cut = true;
  if (page.cut) blocks.splice(max - 1, blocks.length, end);
  blocks.push(...ending);
  if (blocks.length === 0) blocks.push(section(neutral(line(card.fallback, LIMITS.header))));
  return { blocks, text: fallbackText(card) };
}

/** What notifications show, and what stands in a message without blocks. Pings nobody. */
const fallbackText = (card: Card): string => {
  const text = neutral(line(card.fallback || card.title, LIMITS.text));
  return text.length <= LIMITS.text ? text : neutral(line(card.fallback, LIMITS.text / 5));
};

function apart(body: readonly Element[]): { body: readonly Element[]; last: readonly Element[] } {
  const from = body.findLastIndex((element) => element.kind !== 'buttons') + 1;
  // Only a handful: hundreds of buttons are a body, not an ending.
  const start = Math.max(from, body.length - 3);
  return { body: body.slice(0, start), last: body.slice(start) };
}

const pointer = (rest: string | undefined): KnownBlock =>
  context(
    rest === undefined
      ? '… more'
      : `… more: \`/pilot ${escape(unbroadcast(line(rest, 200)).replaceAll('`', ''))}\``,
  );

const header = (text: string): HeaderBlock => ({ type: 'header', text: plainText(text, LIMITS.header) });

const section = (text: string): KnownBlock => ({
  type: 'section',
  text: { type: 'mrkdwn', text, verbatim: true },
});

const context = (text: string): KnownBlock => ({
  type: 'context',
  elements: [{ type: 'mrkdwn', text, verbatim: true }],
});

/** Text as mrkdwn within `max` and what the message has left. Empty when nothing can be shown. */
function take(text: Text, max: number, page: Page): string {
  const room = Math.min(max, page.room);
  if (room < 2) {
    page.cut = true;
    return '';
  }
  const shown = mrkdwn(text, page.options.names, room);
  page.room -= shown.text.length;
  page.cut ||= shown.cut;
  return /\S/.test(shown.text) ? shown.text : '';
}

/** The blocks of one element; also what hints in forms are made of. */
export function elementBlocks(element: Element, options: RenderOptions): KnownBlock[] {
  return blocksOf(element, { options, ids: new Map(), room: LIMITS.messageText, tables: 0, cut: false });
}

function blocksOf(element: Element, page: Page): KnownBlock[] {
  switch (element.kind) {
    case 'heading':
      return spend(page, [header(element.text)]);
    case 'paragraph':
      return show(take(element.text, LIMITS.section, page), section);
    case 'list':
      return linesBlocks(element.items, page);
    case 'facts':
      return factsBlocks(element.facts, page);
    case 'table':
      return tableBlocks(element, page);
    case 'picture':
      return spend(page, [pictureBlock(element, page)]);
    case 'note':
      return show(take(element.text, LIMITS.context, page), context);
    case 'quote':
      return quoteBlocks(element.text, page);
    case 'divider':
      return [{ type: 'divider' }];
    case 'buttons':
      return buttonsBlocks(element.buttons, page);
    default:
      return element satisfies never;
  }
}

const show = (text: string, as: (text: string) => KnownBlock): KnownBlock[] =>
  text === '' ? [] : [as(text)];

/** These blocks, or none when the message has no room for their text. */
function spend(page: Page, blocks: KnownBlock[]): KnownBlock[] {
  const weight = weigh(blocks);
  if (weight > page.room) return left(page);
  page.room -= weight;
  return blocks;
}

function left(page: Page): KnownBlock[] {
  page.cut = true;
  return [];
}

const POINT = '• ';

/** Points as lines, in as many sections as they need. */
function linesBlocks(items: readonly Text[], page: Page): KnownBlock[] {
  const sections: string[] = [];
  for (const item of items) {
    // A short item is never worth a section of its own; a long one is cut to one.
    const text = take(item, LIMITS.section - POINT.length, page);
    if (text === '') continue;
    page.room -= POINT.length + 1;
    const last = sections.at(-1);
    const point = `${POINT}${text}`;
    if (last !== undefined && last.length + 1 + point.length <= LIMITS.section)
      sections[sections.length - 1] = `${last}\n${point}`;
    else sections.push(point);
  }
  return sections.map(section);
}

function factsBlocks(
  facts: readonly { readonly label: string; readonly value: Text }[],
  page: Page,
): KnownBlock[] {
  const fields = facts.flatMap(({ label, value }) => {
    const text = take(
      [{ kind: 'bold', text: line(label, 200) }, { kind: 'br' }, ...inlines(value)],
      LIMITS.field,
      page,
    );
    return text === '' ? [] : [{ type: 'mrkdwn' as const, text, verbatim: true }];
  });
  return chunks(fields, LIMITS.fields).map((some) => ({ type: 'section', fields: some }));
}

function tableBlocks(table: Extract<Element, { kind: 'table' }>, page: Page): KnownBlock[] {
  if (page.options.surface !== 'message' || page.tables >= LIMITS.table.tables) {
    return linesBlocks(tableLines(table), page);
  }
  const shown = tableBlock(table, page.options.names, page.room);
  if (shown === undefined) return table.rows.length === 0 ? [] : left(page);
  page.tables += 1;
  page.room -= shown.characters;
  page.cut ||= shown.cut;
  return [shown.block];
}

function pictureBlock(picture: Picture, page: Page): KnownBlock {
  const source = page.options.picture(picture);
  const alt = line(picture.alt, LIMITS.image.alt);
  const url = source !== undefined && 'url' in source ? safeUrl(source.url, LIMITS.image.url) : undefined;
  const title = picture.title === undefined ? {} : { title: plainText(picture.title, LIMITS.image.title) };
  if (url !== undefined)
    return { type: 'image', alt_text: alt, image_url: url, ...title } satisfies ImageBlock;
  if (source !== undefined && 'file' in source) {
    return { type: 'image', alt_text: alt, slack_file: { id: source.file }, ...title } satisfies ImageBlock;
  }
  return context(`▦ ${mrkdwn(alt, page.options.names, LIMITS.context - 2).text}`);
}

function quoteBlocks(text: string, page: Page): KnownBlock[] {
  const { room } = page;
  const shown = take(text, Math.min(LIMITS.section / 2, room - 1), page);
  if (shown === '') return [];
  // The mark before each line counts as well: of very many short lines the last are left out.
  const most = Math.min(LIMITS.section, room);
  const whole = `>${shown.replaceAll('\n', '\n>')}`;
  const quoted = whole.length <= most ? whole : whole.slice(0, whole.lastIndexOf('\n', most));
  page.cut ||= quoted !== whole;
  page.room = room - quoted.length;
  return [section(quoted)];
}

/** More in one row of a card is no choice any more, and would leave no room for what they are about. */
const MAX_BUTTONS = 4 * LIMITS.actions;

function buttonsBlocks(buttons: readonly Button[], page: Page): KnownBlock[] {
  const elements = buttons.slice(0, MAX_BUTTONS).flatMap((button) => {
    const element = buttonElement(button, page.ids);
    if (element === undefined && page.options.strict) {
      throw new RangeError(`Slack cannot carry the button ${button.label}`);
    }
    return element ?? [];
  });
  if (buttons.length > MAX_BUTTONS) page.cut = true;
  return chunks(elements, LIMITS.actions).flatMap((some) =>
    spend(page, [{ type: 'actions', elements: some }]),
  );
}

const chunks = <T>(items: readonly T[], size: number): T[][] =>
  Array.from({ length: Math.ceil(items.length / size) }, (_, i) => items.slice(i * size, (i + 1) * size));
