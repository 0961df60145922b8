import type { Element, JsonObject, Picture, Table } from '../../ui/card.ts';
import type { Text } from '../../ui/text.ts';
import { type Shell, renderButtons } from './buttons.ts';
import { oneLine } from './escape.ts';
import { clipTo, clipList } from './limits.ts';
import { type TextContext, renderString, renderText } from './text.ts';

export interface RenderContext extends TextContext {
  /** Address of a picture, or undefined when this Coxswain has no public address. */
  readonly pictureUrl: (picture: Picture) => string | undefined;
  /** Where the card stands; a message unless it is said. */
  readonly shell?: Shell;
}

type Look = Readonly<Record<string, string | boolean>>;

/** A TextBlock; a blank text becomes a no-break space, because an empty one is invalid. */
export const textBlock = (text: string, look: Look = {}): JsonObject => ({
  type: 'TextBlock',
  text: text.trim() === '' ? '\u00A0' : text,
  wrap: true,
  ...look,
});

const ALIGN = { left: 'Left', right: 'Right', center: 'Center' } as const;

function tableRows(table: Table, context: RenderContext): string[][] {
  const width = clipList(table.columns, 'tableColumns', context).length;
  return clipList(table.rows, 'tableRows', context).map((row) =>
    row.slice(0, width).map((cell) => renderText(cell, context, { limit: 'cell', single: true })),
  );
}

/** A Table of 1.5; where it is not known, the same lines as text. */
function renderTable(table: Table, context: RenderContext): JsonObject {
  const columns = clipList(table.columns, 'tableColumns', context);
  const titles = columns.map((column) => renderString(oneLine(column.title), 'cell', context));
  const rows = tableRows(table, context);
  const cell = (text: string, look: Look = {}): JsonObject => ({
    type: 'TableCell',
    items: [textBlock(text, look)],
  });
  return {
    type: 'Table',
    columns: columns.map((column) => ({
      width: column.weight ?? 1,
      horizontalCellContentAlignment: ALIGN[column.align ?? 'left'],
    })),
    firstRowAsHeaders: true,
    showGridLines: false,
    spacing: 'Medium',
    rows: [
      { type: 'TableRow', cells: titles.map((title) => cell(title, { weight: 'Bolder' })) },
      ...rows.map((row) => ({ type: 'TableRow', cells: row.map((text) => cell(text)) })),
    ],
    fallback: textBlock(rows.map((row) => row.filter((text) => text !== '').join(' · ')).join('\n\n')),
  };
}

function renderPicture(picture: Picture, context: RenderContext): JsonObject[] {
  const url = context.pictureUrl(picture);
  const alt = oneLine(picture.alt);
  const title =
    picture.title === undefined
      ? []
      : [textBlock(renderString(picture.title, 'heading', context), { weight: 'Bolder' })];
  if (url === undefined) return [...title, textBlock(renderString(alt, 'alt', context), { isSubtle: true })];
  return [...title, { type: 'Image', url, altText: clipTo(alt, 'alt', context), size: 'Stretch' }];
}

const listItem = (item: Text, context: RenderContext) =>
  `- ${renderText(item, context, { limit: 'listItem', single: true })}`;

/** One element as Adaptive Card items. A divider is a line above what follows, so it is the caller's to draw. */
export function renderElement(
  element: Exclude<Element, { kind: 'divider' }>,
  id: string,
  context: RenderContext,
): JsonObject[] {
  switch (element.kind) {
    case 'heading':
      return [
        textBlock(renderString(element.text, 'heading', context), {
          style: 'heading',
          size: 'Medium',
          weight: 'Bolder',
        }),
      ];
    case 'paragraph':
      return [textBlock(renderText(element.text, context, { limit: 'paragraph' }))];
    case 'list': {
      const items = clipList(element.items, 'listItems', context);
      return items.length === 0 ? [] : [textBlock(items.map((item) => listItem(item, context)).join('\r'))];
    }
    case 'facts': {
      const facts = clipList(element.facts, 'facts', context).map(({ label, value }) => ({
        title: renderString(oneLine(label), 'factLabel', context),
        value: renderText(value, context, { limit: 'factValue', dates: 'text', single: true }),
      }));
      return facts.length === 0 ? [] : [{ type: 'FactSet', facts }];
    }
    case 'table':
      return element.columns.length === 0 ? [] : [renderTable(element, context)];
    case 'picture':
      return renderPicture(element, context);
    case 'note':
      return [
        textBlock(renderText(element.text, context, { limit: 'note' }), { isSubtle: true, size: 'Small' }),
      ];
    case 'quote':
      return [
        {
          type: 'Container',
          style: 'emphasis',
          items: [textBlock(renderString(element.text, 'quote', context))],
        },
      ];
    case 'buttons':
      return renderButtons(element.buttons, id, context);
    default:
      return element satisfies never;
  }
}
