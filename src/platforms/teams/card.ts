import type { Card, Element, JsonObject } from '../../ui/card.ts';
import type { Names } from '../platform.ts';
import type { Shell } from './buttons.ts';
import { type RenderContext, renderElement, textBlock } from './elements.ts';
import { oneLine } from './escape.ts';
import { type Checked, LIMITS, bytes, clipTo, within } from './limits.ts';
import { type Mentions, collectMentions } from './mentions.ts';
import { renderString } from './text.ts';

export type AdaptiveCard = JsonObject;

export interface CardOptions extends Checked {
  readonly names: Names;
  readonly pictureUrl: RenderContext['pictureUrl'];
  readonly shell?: Shell;
}

/** Card JSON around rendered items, with the pings that stand in them. */
export function wrap(items: readonly JsonObject[], fallback: string, mentions: Mentions): AdaptiveCard {
  const shown = JSON.stringify(items);
  const entities = mentions
    .all()
    .filter((mention) => shown.includes(JSON.stringify(mention.text).slice(1, -1)));
  return {
    type: 'AdaptiveCard',
    version: '1.5',
    fallbackText: fallback,
    body: items,
    msteams: { width: 'Full', ...(entities.length === 0 ? {} : { entities }) },
  };
}

/** One element, with the buttons that follow it: without it nobody knows what they are about. */
interface Group {
  /** Stays, whatever has to be left out above it. */
  readonly keep: boolean;
  readonly items: readonly JsonObject[];
  readonly actions: readonly JsonObject[];
}

const itemsOf = ({ items, actions }: Group): readonly JsonObject[] => [...items, ...actions];
const sizeOf = (group: Group): number => bytes(itemsOf(group));

const linked = (item: JsonObject): JsonObject => ({ ...item, separator: true, spacing: 'Medium' });

/** Buttons are at the end of a card although a note comes after them. */
const ENDING: ReadonlySet<Element['kind']> = new Set(['buttons', 'note', 'divider']);

function groupsOf(card: Card, options: CardOptions, mentions: Mentions): Group[] {
  const context: RenderContext = { ...options, mentions };
  const groups: Group[] = [];
  const last = card.body.findLastIndex(({ kind }) => !ENDING.has(kind));
  let ruled = false;
  for (const [i, element] of card.body.entries()) {
    if (element.kind === 'divider') {
      ruled = true;
      continue;
    }
    const [first, ...rest] = renderElement(element, `e${i}`, context);
    if (first === undefined) continue;
    const items = [ruled ? linked(first) : first, ...rest];
    const before = groups.at(-1);
    const acts = element.kind === 'buttons';
    const keep = acts && i > last;
    if (acts && !keep && before !== undefined)
      groups[groups.length - 1] = { ...before, actions: [...before.actions, ...items] };
    else groups.push({ keep, items, actions: [] });
    ruled = false;
  }
  return groups;
}

const rowsOf = (item: JsonObject): readonly JsonObject[] => item['rows'] as readonly JsonObject[];

/** A table with fewer rows, until it fits into `room`; undefined when not even one row does. */
function shorter(group: Group, room: number): Group | undefined {
  const [table, ...rest] = group.items;
  if (table === undefined || table['type'] !== 'Table' || rest.length > 0) return undefined;
  const { fallback: _, ...bare } = table;
  for (let rows = rowsOf(table); rows.length > 1; rows = rows.slice(0, -Math.ceil(rows.length / 8))) {
    const cut = { ...group, items: [{ ...bare, rows, fallback: 'drop' }] };
    if (sizeOf(cut) <= room) return cut;
  }
  return undefined;
}

/** Drops from the end what does not fit; buttons at the end stay, because without them the reader cannot act. */
function fit(groups: readonly Group[], budget: number): JsonObject[] {
  const items: JsonObject[] = [];
  let reserved = groups.reduce((sum, group) => sum + (group.keep ? sizeOf(group) : 0), 0);
  let room = budget;
  let cut = false;
  const take = (group: Group, left: number): Group | undefined => {
    if (cut && !group.keep) return undefined;
    if (sizeOf(group) <= left) return group;
    return group.keep ? undefined : shorter(group, left);
  };
  for (const group of groups) {
    if (group.keep) reserved -= sizeOf(group);
    const taken = take(group, room - reserved);
    if (taken !== group) cut = true;
    if (taken === undefined) continue;
    items.push(...itemsOf(taken));
    room -= sizeOf(taken);
  }
  return items;
}

/** Room for the frame, the title, the fallback text and the pointer to the rest; pings come on top. */
const FRAME = 1500;

const pointer = (card: Card): JsonObject =>
  textBlock(
    card.rest === undefined
      ? 'There is more than fits here.'
      : `There is more than fits here: type **${renderString(oneLine(card.rest), 'label', {})}**`,
    { isSubtle: true, size: 'Small' },
  );

/** A dialog shows the title in its bar, where it fits; twice would be once too often. */
const inBar = (card: Card, { shell }: CardOptions): boolean =>
  shell === 'dialog' && oneLine(card.title).length <= LIMITS.dialogTitle;

const titleBlock = (card: Card, options: CardOptions): JsonObject =>
  textBlock(renderString(oneLine(card.title), 'title', options), {
    style: 'heading',
    size: 'Large',
    weight: 'Bolder',
  });

/**
 * A Card as an Adaptive Card 1.5 of at most 28 KB. What does not fit is left out from the end, with a pointer
 * to `card.rest`; under `check` a LimitError is thrown instead.
 */
export function renderCard(card: Card, options: CardOptions): AdaptiveCard {
  const mentions = collectMentions();
  const fallback = clipTo(oneLine(card.fallback), 'fallback', {});
  const groups = groupsOf(card, options, mentions);
  const head = groups.length > 0 && inBar(card, options) ? [] : [titleBlock(card, options)];
  const whole = wrap([...head, ...groups.flatMap(itemsOf)], fallback, mentions);
  if (within('cardBytes', bytes(whole), options)) return whole;
  let budget: number = LIMITS.cardBytes - FRAME;
  for (;;) {
    const cut = wrap([...head, ...fit(groups, budget), pointer(card)], fallback, mentions);
    const over = bytes(cut) - LIMITS.cardBytes;
    if (over <= 0 || budget <= 0) return cut;
    budget -= over + 64;
  }
}
