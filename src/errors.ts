/** Every way in which Coxswain says no. Surfaces map these codes once (chat card, HTTP status, exit code). */
export type ErrorCode =
  | 'invalid' // the input is wrong; the message says what to type instead
  | 'forbidden' // the message says who may
  | 'not_found'
  | 'conflict' // somebody got there first; the message says who
  | 'limited' // too many, too fast
  | 'unavailable' // a part we need does not answer; trying again later may work
  | 'internal';

export interface ErrorDetails {
  /** What to type or press instead, shown under the message as an example. */
  readonly hint?: string;
  /** Messages by form field or input name, shown beside the field. */
  readonly fields?: Readonly<Record<string, string>>;
  /** What to offer instead, as buttons: what was asked is kept until then. */
  readonly offer?: 'link';
  readonly cause?: unknown;
}

/** The only error that is meant for people: its message is a sentence that may be shown as it is. */
export class CoxswainError extends Error {
  readonly code: ErrorCode;
  readonly hint: string | undefined;
  readonly fields: Readonly<Record<string, string>>;
  readonly offer: 'link' | undefined;

  constructor(code: ErrorCode, message: string, details: ErrorDetails = {}) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause });
    this.name = 'CoxswainError';
    this.code = code;
    this.hint = details.hint;
    this.fields = details.fields ?? {};
    this.offer = details.offer;
  }
}

const make = (code: ErrorCode) => (message: string, details?: ErrorDetails) =>
  new CoxswainError(code, message, details);

export const invalid = make('invalid');
export const forbidden = make('forbidden');
export const notFound = make('not_found');
export const conflict = make('conflict');
export const unavailable = make('unavailable');

/** Codes of an error and of what caused it, the outermost first. Of several causes at once the first is followed. */
export function codesOf(error: unknown): readonly string[] {
  const codes: string[] = [];
  for (let at: unknown = error, depth = 0; at instanceof Error && depth < 8; depth += 1) {
    if ('code' in at && typeof at.code === 'string') codes.push(at.code);
    at = at.cause ?? (at instanceof AggregateError ? at.errors[0] : undefined);
  }
  return codes;
}

/** The outermost code, or '' when there is none. */
export const codeOf = (error: unknown): string => codesOf(error)[0] ?? '';
