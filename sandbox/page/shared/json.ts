/** Readers for JSON that came from outside: they answer with an empty value instead of throwing. */
export type Obj = { readonly [key: string]: unknown };

export const isObj = (value: unknown): value is Obj =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export const obj = (value: unknown): Obj => (isObj(value) ? value : {});
export const list = (value: unknown): readonly Obj[] => (Array.isArray(value) ? value.filter(isObj) : []);
export const text = (value: unknown): string => (typeof value === 'string' ? value : '');
export const maybeText = (value: unknown): string | undefined =>
  typeof value === 'string' ? value : undefined;

/** The value of a JSON text, or undefined when it is not JSON. */
export function parseJson(source: string): unknown {
  try {
    return JSON.parse(source) as unknown;
  } catch {
    return undefined;
  }
}
