import * as adaptivecards from 'adaptivecards';
import MarkdownIt from 'markdown-it';
import type { JsonObject } from '../../src/ui/card.ts';

/** Teams shows six actions in a row; the library's own default is five. */
const host = new adaptivecards.HostConfig({ actions: { maxActions: 6 } });

/** What Microsoft's own parser and validator have to say about a card: nothing, if it is right. */
export function complaints(card: JsonObject): string[] {
  const context = new adaptivecards.SerializationContext();
  const parsed = new adaptivecards.AdaptiveCard();
  parsed.hostConfig = host;
  parsed.parse(structuredClone(card), context);
  const events = Array.from({ length: context.eventCount }, (_, i) => context.getEventAt(i).message);
  const { validationEvents } = parsed.validateProperties();
  return [...events, ...validationEvents.map((event) => event.message)];
}

/** The card after a round trip through Microsoft's object model: what was not understood is gone. */
export function roundTrip(card: JsonObject): unknown {
  const parsed = new adaptivecards.AdaptiveCard();
  parsed.parse(structuredClone(card), new adaptivecards.SerializationContext());
  return parsed.toJSON();
}

/** The markdown engine of Teams' own web client, with links recognised in plain text, as harsh as it can be. */
const markdown = new MarkdownIt({ html: true, linkify: true });

/** Markdown as a reader sees it. */
export const html = (text: string): string => markdown.render(text);

const ENTITIES: Record<string, string> = { '&lt;': '<', '&gt;': '>', '&quot;': '"', '&amp;': '&' };

/** Text of rendered markdown, or undefined when it holds any markup but paragraphs. */
export function bareText(text: string): string | undefined {
  const inner = html(text)
    .replaceAll('</p>\n<p>', '\n')
    .replaceAll(/^<p>|<\/p>\n?$/g, '');
  return /<[a-z/!]/i.test(inner)
    ? undefined
    : inner.replaceAll(/&(?:lt|gt|quot|amp);/g, (e) => ENTITIES[e] ?? e);
}

/** Every string under a key, anywhere in a card. */
export function stringsUnder(json: unknown, keys: readonly string[]): string[] {
  if (Array.isArray(json)) return json.flatMap((item: unknown) => stringsUnder(item, keys));
  if (typeof json !== 'object' || json === null) return [];
  return Object.entries(json).flatMap(([key, value]) =>
    typeof value === 'string' && keys.includes(key) ? [value] : stringsUnder(value, keys),
  );
}
