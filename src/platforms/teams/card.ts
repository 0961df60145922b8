import type { Card, JsonObject } from '../../ui/card.ts';
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

interface Group {
  readonly keep: boolean;
  readonly items: readonly JsonObject[];
}

const linked = (item: JsonObject): JsonObject => ({ ...item, separator: true, spacing: 'Medium' });

function groupsOf(card: Card, options: CardOptions, mentions: Mentions): Group[] {
  const context: RenderContext = { ...options, mentions };
  const groups: Group[] = [];
  let ruled = false;
  for (const [i, element] of card.body.entries()) {
    if (element.kind === 'divider') {
      ruled = true;
      continue;
    }
    const [first, ...rest] = renderElement(element, `e${i}`, context);
    if (first === undefined) continue;
    groups.push({ keep: element.kind === 'buttons', items: [ruled ? linked(first) : first, ...rest] });
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
    const cut = { keep: false, items: [{ ...bare, rows, fallback: 'drop' }] };
    if (bytes(cut.items) <= room) return cut;
  }
  return undefined;
}

/** Drops from the end what does not fit; buttons stay, because without them the reader cannot act. */
function fit(groups: readonly Group[], budget: number): JsonObject[] {
  const items: JsonObject[] = [];
  let reserved = groups.reduce((sum, group) => sum + (group.keep ? bytes(group.items) : 0), 0);
  let room = budget;
  let cut = false;
  const take = (group: Group, left: number): Group | undefined => {
    if (cut && !group.keep) return undefined;
    if (bytes(group.items) <= left) return group;
    return group.keep ? undefined : shorter(group, left);
  };
  for (const group of groups) {
    if (group.keep) reserved -= bytes(group.items);
    const taken = take(group, room - reserved);
    if (taken !== group) cut = true;
    if (taken === undefined) continue;
    items.push(...taken.items);
    room -= bytes(taken.items);
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
  const whole = wrap([...head, ...groups.flatMap((group) => group.items)], fallback, mentions);
  if (within('cardBytes', bytes(whole), options)) return whole;
  let budget: number = LIMITS.cardBytes - FRAME;
  for (;;) {
    const cut = wrap([...head, ...fit(groups, budget), pointer(card)], fallback, mentions);
    const over = bytes(cut) - LIMITS.cardBytes;
    if (over <= 0 || budget <= 0) return cut;
    budget -= over + 64;
  }
}
