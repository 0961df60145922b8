import type { RichTextBlock, RichTextElement } from '@slack/types';
import { type Inline, STATUS_MARK, type Text, formatInstant, inlines, plain } from '../../ui/text.ts';
import type { Names } from '../platform.ts';
import { clean, line } from './clean.ts';
import { CONVERSATION, USER, safeUrl } from './text.ts';

/** Text as rich text, for table cells: there, signs mean nothing and only elements format. Undefined when empty. */
export function richText(text: Text, names: Names, max: number): RichTextBlock | undefined {
  // Long cells lose their formatting rather than being cut in the middle of a span.
  const parts = plain(text).length > max ? [line(plain(text), max)] : inlines(text);
  const elements = parts
    .flatMap((part) => elementOf(part, names))
    .filter((e) => !('text' in e) || e.text !== '');
  return elements.length === 0
    ? undefined
    : { type: 'rich_text', elements: [{ type: 'rich_text_section', elements }] };
}

function elementOf(part: Inline, names: Names): RichTextElement[] {
  if (typeof part === 'string') return [{ type: 'text', text: clean(part) }];
  switch (part.kind) {
    case 'bold':
    case 'italic':
    case 'code':
      return [{ type: 'text', text: clean(part.text), style: { [part.kind]: true } }];
    case 'link': {
      const url = safeUrl(part.url, 2000);
      const text = clean(part.text);
      return url === undefined ? [{ type: 'text', text }] : [{ type: 'link', url, text: text || url }];
    }
    case 'person': {
      const known = names.user(part.id);
      return known !== undefined && USER.test(known.ref)
        ? [{ type: 'user', user_id: known.ref }]
        : [{ type: 'text', text: clean(known?.name ?? part.name) }];
    }
    case 'channel':
      return CONVERSATION.test(part.ref)
        ? [{ type: 'channel', channel_id: part.ref }]
        : [{ type: 'text', text: `#${clean(part.name)}` }];
    case 'status':
      return [{ type: 'text', text: `${STATUS_MARK[part.status]} ${part.status}` }];
    case 'time':
      return [
        {
          type: 'date',
          timestamp: Math.floor(part.at / 1000),
          format: part.show === 'date' ? '{date_num}' : '{date_num} {time}',
          fallback: formatInstant(part.at, part.zone, part.show),
        },
      ];
    case 'br':
      return [{ type: 'text', text: '\n' }];
    default:
      return part satisfies never;
  }
}
