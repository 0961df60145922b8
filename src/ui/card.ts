import type { Inline, Text } from './text.ts';

/** Anything JSON can carry; what buttons, forms and stored messages hold. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };
export type JsonObject = { readonly [key: string]: Json };

/**
 * What happens when a button is pressed. `press` calls a registered press handler (commands/presses.ts),
 * `form` opens a registered form, `command` runs a command line as if it had been typed by the presser.
 */
export type Press =
  | { readonly kind: 'press'; readonly name: string; readonly payload: JsonObject }
  | { readonly kind: 'form'; readonly name: string; readonly args: JsonObject }
  | { readonly kind: 'command'; readonly line: string }
  | { readonly kind: 'url'; readonly url: string };

export interface Confirm {
  readonly title: string;
  readonly text: string;
  readonly yes: string;
}

export interface Button {
  readonly kind: 'button';
  readonly label: string;
  readonly on: Press;
  readonly style?: 'primary' | 'danger';
  readonly confirm?: Confirm;
}

/** A picture drawn by a registered picture function (charts/pictures.ts) when the platform asks for it. */
export interface Picture {
  readonly kind: 'picture';
  readonly name: string;
  readonly args: JsonObject;
  /** Says the same as the picture, for those who cannot see it. */
  readonly alt: string;
  readonly title?: string;
  /** Who looks at it, where not everyone may see everything: see reader.ts. */
  readonly reader?: string;
}

export interface Column {
  readonly title: string;
  readonly align?: 'left' | 'right' | 'center';
  /** Relative width, for platforms that can. Default 1. */
  readonly weight?: number;
}

export interface Table {
  readonly kind: 'table';
  readonly columns: readonly Column[];
  readonly rows: readonly (readonly Text[])[];
}

export type Element =
  | { readonly kind: 'heading'; readonly text: string }
  | { readonly kind: 'paragraph'; readonly text: Text }
  /** A list of points, one line each. */
  | { readonly kind: 'list'; readonly items: readonly Text[] }
  | { readonly kind: 'facts'; readonly facts: readonly { readonly label: string; readonly value: Text }[] }
  | Table
  | Picture
  /** Small, grey, secondary. */
  | { readonly kind: 'note'; readonly text: Text }
  | { readonly kind: 'quote'; readonly text: string }
  | { readonly kind: 'divider' }
  | { readonly kind: 'buttons'; readonly buttons: readonly Button[] };

/** One message. Inert data: rendering it twice gives the same, and nothing in it reads the time or the database. */
export interface Card {
  /** First line, also the start of the notification. Plain text. */
  readonly title: string;
  readonly body: readonly Element[];
  /** What a notification or a screen reader says instead of the card. */
  readonly fallback: string;
  /** The command that shows what did not fit, e.g. `scorecard claims`. */
  readonly rest?: string;
}

type Of<K extends Element['kind']> = Extract<Element, { kind: K }>;

export const heading = (text: string): Of<'heading'> => ({ kind: 'heading', text });
export const paragraph = (...text: readonly Inline[]): Of<'paragraph'> => ({ kind: 'paragraph', text });
export const list = (items: readonly Text[]): Of<'list'> => ({ kind: 'list', items });
export const facts = (...pairs: readonly (readonly [string, Text])[]): Of<'facts'> => ({
  kind: 'facts',
  facts: pairs.map(([label, value]) => ({ label, value })),
});
export const table = (columns: readonly Column[], rows: readonly (readonly Text[])[]): Table => ({
  kind: 'table',
  columns,
  rows,
});
export const picture = (p: Omit<Picture, 'kind'>): Picture => ({ kind: 'picture', ...p });
export const note = (...text: readonly Inline[]): Of<'note'> => ({ kind: 'note', text });
export const quote = (text: string): Of<'quote'> => ({ kind: 'quote', text });
export const divider: Of<'divider'> = { kind: 'divider' };
export const buttons = (...items: readonly Button[]): Element => ({ kind: 'buttons', buttons: items });

type ButtonOptions = Pick<Button, 'style' | 'confirm'>;
const button =
  <A extends readonly unknown[]>(on: (...args: A) => Press) =>
  (label: string, ...rest: readonly [...A, ButtonOptions?]): Button => {
    const options = (rest.length > on.length ? rest[on.length] : undefined) as ButtonOptions | undefined;
    return { kind: 'button', label, on: on(...(rest.slice(0, on.length) as unknown as A)), ...options };
  };

export const pressButton = button((name: string, payload: JsonObject): Press => ({
  kind: 'press',
  name,
  payload,
}));
export const formButton = button((name: string, args: JsonObject): Press => ({ kind: 'form', name, args }));
export const commandButton = button((line: string): Press => ({ kind: 'command', line }));
export const linkButton = button((url: string): Press => ({ kind: 'url', url }));

export const card = (
  title: string,
  body: readonly Element[],
  more: Partial<Pick<Card, 'fallback' | 'rest'>> = {},
): Card => ({
  title,
  body,
  fallback: more.fallback ?? title,
  ...(more.rest === undefined ? {} : { rest: more.rest }),
});

/** A card that says the same for ever: adapters render it once and keep the result. */
export const constant = (shown: Card): Card => Object.freeze(shown);
