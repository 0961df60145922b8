import { html } from 'htm/preact';
import type { ComponentChildren } from 'preact';
import { formatDate, parseMrkdwn, type Span } from './mrkdwn.ts';
import { current, goTo } from './store.ts';

/** The marks of a status, drawn instead of left to whatever emoji font there is. The word stands beside them. */
const MARKS: Readonly<Record<string, string>> = {
  '🟢': 'green',
  '🔶': 'yellow',
  '🟥': 'red',
  '▫️': 'missing',
};
const MARK = /(🟢|🔶|🟥|▫️)/u;

/** Plain text with its line breaks and status marks. */
export function Words({ text }: { text: string }): ComponentChildren {
  if (!MARK.test(text)) return text;
  return text.split(MARK).map((part) => {
    const mark = MARKS[part];
    return mark === undefined ? part : html`<span class=${`mark mark-${mark}`} aria-hidden="true"></span>`;
  });
}

export const zoneOfMe = (): string => {
  const { snapshot } = current();
  return snapshot?.people.find((p) => p.id === snapshot.me)?.zone ?? 'UTC';
};

/** A link that leaves the page only when somebody follows it, and only to the web. */
export function Link({ url, text }: { url: string; text: string }): ComponentChildren {
  const here = `${location.origin}/sandbox#`;
  if (url.startsWith(here)) return html`<a href=${url.slice(location.origin.length)}>${text}</a>`;
  if (!/^(https?|mailto):/i.test(url)) return text;
  return html`<a href=${url} target="_blank" rel="noopener noreferrer">${text}</a>`;
}

export function Person({ id, label }: { id: string; label?: string }): ComponentChildren {
  const { snapshot } = current();
  const person = snapshot?.people.find((p) => p.id === id);
  const name = id === snapshot?.bot.id ? snapshot.bot.name : (person?.name ?? label ?? id);
  return html`<span class=${id === snapshot?.me ? 'mention me' : 'mention'}>@${name}</span>`;
}

export function ChannelLink({ id, label }: { id: string; label?: string }): ComponentChildren {
  const channel = current().snapshot?.conversations.find((c) => c.id === id);
  if (channel === undefined) return html`<span class="mention">#${label || 'private channel'}</span>`;
  const go = () => goTo({ at: id, tab: 'messages', thread: '' });
  return html`<button type="button" class="mention link" onClick=${go}>#${channel.name}</button>`;
}

export const When = ({ at, format }: { at: number; format: string }): ComponentChildren =>
  html`<time datetime=${new Date(at).toISOString()} title=${new Date(at).toISOString()}
    >${formatDate(at, format, zoneOfMe())}</time
  >`;

function draw(span: Span): ComponentChildren {
  switch (span.kind) {
    case 'text':
      return html`<${Words} text=${span.text} />`;
    case 'bold':
      return html`<strong>${span.spans.map(draw)}</strong>`;
    case 'italic':
      return html`<em>${span.spans.map(draw)}</em>`;
    case 'strike':
      return html`<s>${span.spans.map(draw)}</s>`;
    case 'quote':
      return html`<blockquote>${span.spans.map(draw)}</blockquote>`;
    case 'code':
      return html`<code>${span.text}</code>`;
    case 'pre':
      return html`<pre>${span.text}</pre>`;
    case 'user':
      return html`<${Person} id=${span.id} label=${span.label} />`;
    case 'channel':
      return html`<${ChannelLink} id=${span.id} label=${span.label} />`;
    case 'everyone':
      return html`<span class="mention me">@${span.name}</span>`;
    case 'link':
      return html`<${Link} url=${span.url} text=${span.text} />`;
    case 'date':
      return html`<${When} at=${span.at} format=${span.format} />`;
    default:
      return span satisfies never;
  }
}

export const Mrkdwn = ({ source }: { source: string }): ComponentChildren => parseMrkdwn(source).map(draw);

/** A text object of Block Kit. */
export function TextObject({ value }: { value: unknown }): ComponentChildren {
  const { type, text } = (value ?? {}) as { type?: string; text?: string };
  if (typeof text !== 'string') return null;
  return type === 'mrkdwn' ? html`<${Mrkdwn} source=${text} />` : html`<${Words} text=${text} />`;
}

/** The few marks of Markdown that a `markdown` block is likely to hold, as mrkdwn. */
export const fromMarkdown = (source: string): string =>
  source
    .replaceAll(/\*\*(.+?)\*\*/g, '*$1*')
    .replaceAll(/^#{1,6} +(.*)$/gm, '*$1*')
    .replaceAll(/^[-*] +/gm, '• ')
    .replaceAll(/\[([^\]]+)\]\((https?:[^)\s]+)\)/g, '<$2|$1>');
