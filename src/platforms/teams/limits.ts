import { clip } from '../../text.ts';

/**
 * What Teams takes in one message. Where Microsoft's pages disagree, the lower figure; characters are UTF-16
 * units, bytes are UTF-8. Sources: learn.microsoft.com, "Format your bot messages" (size), "Cards reference"
 * (actions, Adaptive Cards 1.5), "Task modules" (height and width in pixels).
 */
export const LIMITS = {
  /** A card as JSON. 28 KB was seen to be refused on some paths. */
  cardBytes: 28 * 1024,
  actionsPerSet: 6,
  title: 200,
  heading: 200,
  paragraph: 4000,
  quote: 4000,
  note: 1000,
  listItems: 60,
  listItem: 1000,
  facts: 40,
  factLabel: 100,
  factValue: 1000,
  tableRows: 60,
  tableColumns: 16,
  cell: 300,
  /** As much as a picture says in words on Slack; Teams states no limit. */
  alt: 2000,
  button: 75,
  buttons: 24,
  confirm: 500,
  url: 2000,
  fallback: 250,
  label: 200,
  hint: 500,
  placeholder: 200,
  value: 4000,
  /** The pasted content of a file: more than this does not come back with a form. */
  pasted: 12_000,
  /** A text that stands in a message of its own; bytes, below those of a card. */
  fenced: 24 * 1024,
  choices: 200,
  choice: 100,
  dialogTitle: 64,
} as const;

export type LimitName = keyof typeof LIMITS;

/** Thrown instead of truncating when `check` is set, so that a test sees what a user would miss. */
export class LimitError extends Error {
  readonly limit: LimitName;

  constructor(limit: LimitName, seen: number) {
    super(`${limit}: ${seen} is more than ${LIMITS[limit]}`);
    this.name = 'LimitError';
    this.limit = limit;
  }
}

export interface Checked {
  /** Throw a LimitError instead of truncating. For tests. */
  readonly check?: boolean;
}

/** False when `seen` is over the limit; throws instead under `check`. */
export function within(limit: LimitName, seen: number, { check }: Checked): boolean {
  if (seen <= LIMITS[limit]) return true;
  if (check === true) throw new LimitError(limit, seen);
  return false;
}

/** A string clipped to its limit; throws instead under `check`. */
export const clipTo = (text: string, limit: LimitName, checked: Checked): string =>
  within(limit, text.length, checked) ? text : clip(text, LIMITS[limit]);

/** The first items of a list, as many as the limit allows. */
export const clipList = <T>(items: readonly T[], limit: LimitName, checked: Checked): readonly T[] =>
  within(limit, items.length, checked) ? items : items.slice(0, LIMITS[limit]);

export const bytes = (json: unknown): number => Buffer.byteLength(JSON.stringify(json));
