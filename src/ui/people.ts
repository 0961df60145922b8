import type { Card, Element } from './card.ts';
import { type Form, isField } from './form.ts';
import { type Text, inlines } from './text.ts';

const inText = (text: Text): string[] =>
  inlines(text).flatMap((part) => (typeof part !== 'string' && part.kind === 'person' ? [part.id] : []));

function inElement(element: Element): string[] {
  switch (element.kind) {
    case 'paragraph':
    case 'note':
      return inText(element.text);
    case 'list':
      return element.items.flatMap(inText);
    case 'facts':
      return element.facts.flatMap((fact) => inText(fact.value));
    case 'table':
      return element.rows.flatMap((row) => row.flatMap(inText));
    case 'heading':
    case 'picture':
    case 'quote':
    case 'divider':
    case 'buttons':
      return [];
    default:
      return element satisfies never;
  }
}

/** Every Coxswain person id that rendering this card or form needs a platform user for. */
export function personIds(shown: Card | Form): string[] {
  const ids =
    'body' in shown
      ? shown.body.flatMap(inElement)
      : shown.items.flatMap((item) => {
          if (!isField(item)) return inElement(item.body);
          if (item.kind === 'person') return item.initial === undefined ? [] : [item.initial];
          return item.kind === 'people' ? [...(item.initial ?? [])] : [];
        });
  return [...new Set(ids)];
}
