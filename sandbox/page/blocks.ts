import { html } from 'htm/preact';
import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import { initialValue, optionsOf, type Value } from './shared/elements.ts';
import { list, type Obj, obj, text } from './shared/json.ts';
import { Field } from './field.ts';
import { RichText, Table } from './rich.ts';
import { ask } from './store.ts';
import { fromMarkdown, Link, Mrkdwn, TextObject, Words } from './words.ts';

/** What pressing something in these blocks does. Resolves when the app has answered. */
export type Press = (what: { actionId: string; blockId: string; value: Value }) => Promise<unknown>;

async function confirmed(confirm: unknown): Promise<boolean> {
  if (confirm === undefined) return true;
  const words = obj(confirm);
  const said = (key: string) => text(obj(words[key])['text']);
  return ask({
    title: said('title'),
    text: said('text'),
    yes: said('confirm') || 'Yes',
    no: said('deny') || 'Cancel',
    danger: words['style'] === 'danger',
  });
}

function Button({
  element,
  blockId,
  press,
}: {
  element: Obj;
  blockId: string;
  press: Press;
}): ComponentChildren {
  const [busy, setBusy] = useState(false);
  const label = html`<${Words} text=${text(obj(element['text'])['text'])} />`;
  const kind = `btn ${text(element['style'])}`;
  const run = async () => {
    if (busy || !(await confirmed(element['confirm']))) return;
    setBusy(true);
    await press({ actionId: text(element['action_id']), blockId, value: null });
    setBusy(false);
  };
  const url = text(element['url']);
  if (/^https?:/i.test(url))
    return html`<a
      class=${kind}
      href=${url}
      target="_blank"
      rel="noopener noreferrer"
      onClick=${() => void run()}
      >${label}</a
    >`;
  return html`<button
    type="button"
    class=${kind}
    aria-label=${text(element['accessibility_label']) || undefined}
    aria-disabled=${busy}
    data-busy=${busy}
    data-action=${text(element['action_id'])}
    onClick=${() => void run()}
  >
    ${label}
  </button>`;
}

function Overflow({
  element,
  blockId,
  press,
}: {
  element: Obj;
  blockId: string;
  press: Press;
}): ComponentChildren {
  const choose = async (event: Event) => {
    const details = (event.target as HTMLElement).closest('details');
    details?.removeAttribute('open');
    const value = (event.target as HTMLElement).dataset['value'] ?? '';
    if (await confirmed(element['confirm']))
      await press({ actionId: text(element['action_id']), blockId, value });
  };
  return html`<details class="overflow">
    <summary class="btn" aria-label="More actions">⋯</summary>
    <div class="menu">
      ${optionsOf(element).map(
        (o) =>
          html`<button type="button" data-value=${text(o['value'])} onClick=${choose}>
            ${text(obj(o['text'])['text'])}
          </button>`,
      )}
    </div>
  </details>`;
}

/** An interactive element outside of a form's questions. */
export function Element({
  element,
  blockId,
  press,
}: {
  element: Obj;
  blockId: string;
  press: Press;
}): ComponentChildren {
  const type = text(element['type']);
  if (type === 'button') return html`<${Button} element=${element} blockId=${blockId} press=${press} />`;
  if (type === 'overflow') return html`<${Overflow} element=${element} blockId=${blockId} press=${press} />`;
  if (type === 'image') return html`<${Picture} block=${element} small=${true} />`;
  const change = (value: Value) => void press({ actionId: text(element['action_id']), blockId, value });
  const label = text(obj(element['placeholder'])['text']) || 'Choose';
  return html`<${Field}
    element=${element}
    value=${initialValue(element)}
    onValue=${change}
    label=${label}
    id=${`${blockId}-${text(element['action_id'])}`}
  />`;
}

const LOOPBACK = new Set(['localhost', '127.0.0.1', '[::1]', location.hostname]);

/** An address on this server, under whichever of its names, as a path; any other as it is. */
function here(url: string): string {
  if (!URL.canParse(url)) return url;
  const { hostname, port, pathname, search } = new URL(url);
  return LOOPBACK.has(hostname) && port === location.port ? pathname + search : url;
}

/** Pictures come from this server only. For any other address its text stands in. */
export function Picture({ block, small = false }: { block: Obj; small?: boolean }): ComponentChildren {
  const file = text(obj(block['slack_file'])['id']);
  const url = file === '' ? here(text(block['image_url'])) : `/sandbox/slack/files/${file}/picture`;
  const alt = text(block['alt_text']);
  if (!url.startsWith('/'))
    return html`<p class="no-picture"><${Link} url=${url} text=${alt || 'picture'} /></p>`;
  if (small) return html`<img class="small" src=${url} alt=${alt} />`;
  return html`<figure>
    ${'title' in block ? html`<figcaption><${TextObject} value=${block['title']} /></figcaption>` : null}
    <img src=${url} alt=${alt} loading="lazy" />
  </figure>`;
}

function Section({ block, press }: { block: Obj; press: Press }): ComponentChildren {
  const fields = list(block['fields']);
  const blockId = text(block['block_id']);
  return html`<div class="section">
    <div class="section-body">
      ${'text' in block ? html`<div class="text"><${TextObject} value=${block['text']} /></div>` : null}
      ${fields.length === 0 ? null : html`<div class="fields">${fields.map((f) => html`<div class="text"><${TextObject} value=${f} /></div>`)}</div>`}
    </div>
    ${
      'accessory' in block
        ? html`<div class="accessory">
            <${Element} element=${obj(block['accessory'])} blockId=${blockId} press=${press} />
          </div>`
        : null
    }
  </div>`;
}

function draw(block: Obj, press: Press): ComponentChildren {
  const blockId = text(block['block_id']);
  switch (block['type']) {
    case 'header':
      return html`<h3 class="header"><${TextObject} value=${block['text']} /></h3>`;
    case 'section':
      return html`<${Section} block=${block} press=${press} />`;
    case 'divider':
      return html`<hr />`;
    case 'image':
      return html`<${Picture} block=${block} />`;
    case 'context':
      return html`<div class="context">
        ${list(block['elements']).map((e) =>
          e['type'] === 'image'
            ? html`<${Picture} block=${e} small=${true} />`
            : html`<span class="text"><${TextObject} value=${e} /></span>`,
        )}
      </div>`;
    case 'actions':
      return html`<div class="actions">
        ${list(block['elements']).map(
          (e) =>
            html`<${Element} key=${text(e['action_id'])} element=${e} blockId=${blockId} press=${press} />`,
        )}
      </div>`;
    case 'rich_text':
      return html`<div class="text"><${RichText} block=${block} /></div>`;
    case 'table':
      return html`<${Table} block=${block} />`;
    case 'markdown':
      return html`<div class="text"><${Mrkdwn} source=${fromMarkdown(text(block['text']))} /></div>`;
    default:
      return null;
  }
}

/** Block Kit, drawn. Input blocks are drawn by the modal. */
export const Blocks = ({ blocks, press }: { blocks: readonly Obj[]; press: Press }): ComponentChildren =>
  html`<div class="blocks">
    ${blocks.map((block) => html`<${Fragment} key=${text(block['block_id'])}>${draw(block, press)}<//>`)}
  </div>`;

const Fragment = ({ children }: { children?: ComponentChildren }): ComponentChildren => children;
