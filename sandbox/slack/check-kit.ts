import { isObj } from '../page/shared/json.ts';

/** Looks at one value and names what is wrong with it, by path. */
export type Check = (path: string, value: unknown) => readonly string[];

const OPTIONAL = Symbol('optional');
type OptionalCheck = Check & { readonly [OPTIONAL]?: true };

export const optional = (check: Check): Check =>
  Object.assign((path: string, value: unknown) => check(path, value), { [OPTIONAL]: true as const });

export const problemsOf = (check: Check, path: string, value: unknown): string[] => [...check(path, value)];

/** Exactly these properties: what is missing and not optional, and what does not belong, are both refused. */
export function object(keys: Readonly<Record<string, Check>>, also: Check = () => []): Check {
  return (path, value) => {
    if (!isObj(value)) return [`${path}: not an object`];
    const wrong = Object.entries(keys).flatMap(([key, check]: [string, OptionalCheck]) => {
      if (value[key] !== undefined) return check(`${path}.${key}`, value[key]);
      return check[OPTIONAL] ? [] : [`${path}: missing required field: ${key}`];
    });
    const extra = Object.keys(value).filter((key) => !(key in keys) && value[key] !== undefined);
    return [
      ...wrong,
      ...extra.map((key) => `${path}: invalid additional property: ${key}`),
      ...also(path, value),
    ];
  };
}

export function string(
  limit: { min?: number; max?: number; is?: readonly string[]; like?: RegExp } = {},
): Check {
  const { min = 1, max = Infinity, is, like } = limit;
  return (path, value) => {
    if (typeof value !== 'string') return [`${path}: not a string`];
    if (value.length < min) return [`${path}: must be more than ${min - 1} characters`];
    if (value.length > max) return [`${path}: ${value.length} characters, at most ${max}`];
    if (!value.isWellFormed()) return [`${path}: not well-formed Unicode`];
    if (is !== undefined && !is.includes(value))
      return [`${path}: ${JSON.stringify(value)} is none of ${is.join(', ')}`];
    return like === undefined || like.test(value)
      ? []
      : [`${path}: ${JSON.stringify(value)} has the wrong form`];
  };
}

export const boolean: Check = (path, value) => (typeof value === 'boolean' ? [] : [`${path}: not a boolean`]);

export const integer =
  (min: number, max = Number.MAX_SAFE_INTEGER): Check =>
  (path, value) =>
    Number.isInteger(value) && (value as number) >= min && (value as number) <= max
      ? []
      : [`${path}: not a whole number from ${min} to ${max}`];

export const number: Check = (path, value) => (Number.isFinite(value) ? [] : [`${path}: not a number`]);

export const each =
  (check: Check): Check =>
  (path, value) =>
    Array.isArray(value)
      ? (value as unknown[]).flatMap((item, i) => check(`${path}[${i}]`, item))
      : [`${path}: not an array`];

export function array(check: Check, limit: { min?: number; max?: number } = {}): Check {
  const { min = 1, max = Infinity } = limit;
  return (path, value) => {
    if (!Array.isArray(value)) return [`${path}: not an array`];
    if (value.length < min) return [`${path}: no fewer than ${min} items allowed`];
    if (value.length > max) return [`${path}: no more than ${max} items allowed, got ${value.length}`];
    return each(check)(path, value);
  };
}

/** Picks the check by the value's `type`. */
export const oneOf =
  (types: Readonly<Record<string, Check>>): Check =>
  (path, value) => {
    if (!isObj(value)) return [`${path}: not an object`];
    const type = value['type'];
    const check = typeof type === 'string' && Object.hasOwn(types, type) ? types[type] : undefined;
    return check === undefined ? [`${path}: unsupported type: ${String(type)}`] : check(path, value);
  };

/** plain_text or mrkdwn, 1 to `max` characters; text objects never hold more than 3,000. */
export function textObject(max: number, only?: 'plain_text'): Check {
  const text = string({ max: Math.min(max, 3000), like: /\S/ });
  const plain = object({ type: string({ is: ['plain_text'] }), text, emoji: optional(boolean) });
  const mrkdwn = object({ type: string({ is: ['mrkdwn'] }), text, verbatim: optional(boolean) });
  return oneOf(only === 'plain_text' ? { plain_text: plain } : { plain_text: plain, mrkdwn });
}

export const webUrl = string({ max: 3000, like: /^https?:\/\/[^\s<>]+$/ });
