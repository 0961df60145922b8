import { html } from 'htm/preact';
import type { ComponentChildren } from 'preact';
import { list, type Obj, obj, text } from './shared/json.ts';
import { ChannelLink, Link, Person, When, Words } from './words.ts';

function styled(words: ComponentChildren, style: Obj): ComponentChildren {
  if (style['code'] === true) return html`<code>${words}</code>`;
  const bold = style['bold'] === true ? html`<strong>${words}</strong>` : words;
  const italic = style['italic'] === true ? html`<em>${bold}</em>` : bold;
  return style['strike'] === true ? html`<s>${italic}</s>` : italic;
}

function piece(element: Obj): ComponentChildren {
  switch (element['type']) {
    case 'text':
      return styled(html`<${Words} text=${text(element['text'])} />`, obj(element['style']));
    case 'link':
      return html`<${Link}
        url=${text(element['url'])}
        text=${text(element['text']) || text(element['url'])}
      />`;
    case 'user':
      return html`<${Person} id=${text(element['user_id'])} />`;
    case 'channel':
      return html`<${ChannelLink} id=${text(element['channel_id'])} />`;
    case 'date':
      return html`<${When} at=${Number(element['timestamp']) * 1000} format=${text(element['format'])} />`;
    case 'broadcast':
      return html`<span class="mention me">@${text(element['range'])}</span>`;
    case 'emoji': {
      const points = text(element['unicode']).split('-').filter(Boolean);
      return points.length === 0
        ? `:${text(element['name'])}:`
        : String.fromCodePoint(...points.map((p) => parseInt(p, 16)));
    }
    default:
      return null;
  }
}

function group(element: Obj): ComponentChildren {
  const inner = list(element['elements']);
  switch (element['type']) {
    case 'rich_text_list': {
      const items = inner.map((item) => html`<li>${list(item['elements']).map(piece)}</li>`);
      return element['style'] === 'ordered'
        ? html`<ol>
            ${items}
          </ol>`
        : html`<ul>
            ${items}
          </ul>`;
    }
    case 'rich_text_quote':
      return html`<blockquote>${inner.map(piece)}</blockquote>`;
    case 'rich_text_preformatted':
      return html`<pre>${inner.map(piece)}</pre>`;
    default:
      return html`<span>${inner.map(piece)}</span>`;
  }
}

/** A rich_text block, or what stands in a cell of a table. */
export const RichText = ({ block }: { block: Obj }): ComponentChildren => list(block['elements']).map(group);

const cell = (value: Obj): ComponentChildren =>
  value['type'] === 'rich_text'
    ? html`<${RichText} block=${value} />`
    : html`<${Words} text=${text(value['text'])} />`;

/** A table block. Its first row is its heading. */
export function Table({ block }: { block: Obj }): ComponentChildren {
  const rows = (Array.isArray(block['rows']) ? (block['rows'] as unknown[]) : []).map(list);
  const align = list(block['column_settings']).map((c) => `to-${text(c['align']) || 'left'}`);
  const [head = [], ...body] = rows;
  return html`<div class="table" role="region" aria-label="Table" tabindex="0">
    <table>
      <thead>
        <tr>
          ${head.map((c, i) => html`<th scope="col" class=${align[i] ?? ''}>${cell(c)}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${body.map(
          (row) =>
            html`<tr>
              ${row.map((c, i) => html`<td class=${align[i] ?? ''}>${cell(c)}</td>`)}
            </tr>`,
        )}
      </tbody>
    </table>
  </div>`;
}
