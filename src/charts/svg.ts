/** A finished piece of SVG. Only `el` makes it, so whatever stands in it has been escaped. */
export interface Markup {
  readonly markup: string;
}

export type Attributes = Readonly<Record<string, string | number | undefined>>;
/** Strings are text and are escaped; `undefined` draws nothing. */
export type Child = Markup | string | undefined;

/** Not allowed in XML 1.0 (https://www.w3.org/TR/xml/#charsets) or discouraged there; lone surrogates are among them. */
const ILLEGAL = /[^\t\n\r\u{20}-\u{7e}\u{a0}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]/gu;
/** Marks, embeddings, overrides and isolates: a name must not turn its neighbours around. */
const BIDI_CONTROLS = /[\u{61c}\u{200e}\u{200f}\u{202a}-\u{202e}\u{2066}-\u{2069}]/gu;

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** The text without what XML forbids and without control characters that reorder it. */
export const legal = (text: string): string => text.replace(ILLEGAL, '').replace(BIDI_CONTROLS, '');

const escape = (text: string): string => legal(text).replace(/[&<>"']/g, (c) => ENTITIES[c] ?? '');

const LARGEST = 1e6;

/** Coordinates with two decimals; what is not a number becomes 0, so bad data cannot make an SVG unreadable. */
function coordinate(n: number): string {
  if (Number.isNaN(n)) return '0';
  return String(Math.round(Math.min(LARGEST, Math.max(-LARGEST, n)) * 100) / 100);
}

const attribute = ([name, value]: readonly [string, string | number | undefined]): string =>
  value === undefined ? '' : ` ${name}="${typeof value === 'number' ? coordinate(value) : escape(value)}"`;

const inner = (child: Child): string => {
  if (child === undefined) return '';
  return typeof child === 'string' ? escape(child) : child.markup;
};

/** One SVG element. Names come from our code; attribute values and text are escaped. */
export function el(name: string, attributes: Attributes = {}, ...children: readonly Child[]): Markup {
  const open = `<${name}${Object.entries(attributes).map(attribute).join('')}`;
  const body = children.map(inner).join('');
  return { markup: body === '' ? `${open}/>` : `${open}>${body}</${name}>` };
}

export const group = (...children: readonly Child[]): Markup => el('g', {}, ...children);

/** The whole document, `width` × `height` pixels. */
export const document = (width: number, height: number, ...children: readonly Child[]): string =>
  el(
    'svg',
    { xmlns: 'http://www.w3.org/2000/svg', width, height, viewBox: `0 0 ${width} ${height}` },
    ...children,
  ).markup;
