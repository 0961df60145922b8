import { check } from '../check.ts';
import { type Obj, isObj, parseJson, text } from '../../page/shared/json.ts';
import type { State } from '../state.ts';

/** What a method answers: its fields (`ok: true` is added), or an error code. */
export type Answer = { readonly ok: Obj } | { readonly error: string; readonly more?: Obj };

export interface Method {
  /** Any one of these allows the call; none: every token may. */
  readonly scopes: readonly string[];
  /** Methods that read take their arguments from query or form only and ignore a JSON body. */
  readonly json: boolean;
  readonly run: (state: State, args: Obj) => Answer;
}

export const done = (ok: Obj = {}): Answer => ({ ok });
export const fail = (error: string, messages: readonly string[] = []): Answer =>
  messages.length === 0
    ? { error }
    : {
        error,
        more: { errors: messages, response_metadata: { messages: messages.map((m) => `[ERROR] ${m}`) } },
      };

export const writes = (scopes: string, run: Method['run']): Method => ({
  scopes: words(scopes),
  json: true,
  run,
});
export const reads = (scopes: string, run: Method['run']): Method => ({
  scopes: words(scopes),
  json: false,
  run,
});
const words = (list: string): string[] => list.split(' ').filter(Boolean);

/** A required argument is missing. */
export const missing = (name: string): Answer =>
  fail('invalid_arguments', [`missing required field: ${name}`]);

/** A structured argument: from JSON as it is, from a form as JSON text. `broken` when it does not parse. */
export function structured(args: Obj, name: string): { value: unknown } | 'broken' {
  const raw = args[name];
  if (typeof raw !== 'string') return { value: raw };
  if (raw === '') return { value: undefined };
  const value = parseJson(raw);
  return value === undefined ? 'broken' : { value };
}

export const flag = (args: Obj, name: string): boolean =>
  [true, 'true', '1', 1].includes(args[name] as never);

export function integer(args: Obj, name: string, otherwise: number): number {
  const value = Number(args[name] ?? otherwise);
  return Number.isInteger(value) && value > 0 ? value : otherwise;
}

/** What the offline checker finds wrong with blocks, including pictures whose file does not exist. */
export function problemsOf(state: State, surface: 'message' | 'modal' | 'home', payload: Obj): string[] {
  return [...check(surface, payload), ...missingFiles(state, payload)];
}

function missingFiles(state: State, value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap((v) => missingFiles(state, v));
  if (!isObj(value)) return [];
  const file = value['slack_file'];
  const here =
    isObj(file) && state.files.get(String(file['id']))?.complete !== true && typeof file['id'] === 'string'
      ? [`invalid slack_file: ${file['id']}`]
      : [];
  return [...here, ...Object.values(value).flatMap((v) => missingFiles(state, v))];
}

/** Cuts a list into pages the way cursors do. */
export function page<T>(all: readonly T[], args: Obj, size: number): { items: readonly T[]; cursor: string } {
  const start = Number(Buffer.from(text(args['cursor']), 'base64').toString()) || 0;
  const limit = Math.min(integer(args, 'limit', size), 1000);
  const next = start + limit;
  return {
    items: all.slice(start, next),
    cursor: next < all.length ? Buffer.from(String(next)).toString('base64') : '',
  };
}
