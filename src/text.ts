/**
 * The value with every string made storable: NUL removed and lone surrogates replaced. PostgreSQL refuses both,
 * SQLite keeps them, and neither should decide what a person may type.
 */
export function storable(value: unknown): unknown {
  if (typeof value === 'string')
    return value.includes('\0') || !value.isWellFormed() ? value.replaceAll('\0', '').toWellFormed() : value;
  if (Array.isArray(value)) {
    const items = value.map(storable);
    return items.every((item, i) => item === value[i]) ? value : items;
  }
  if (value !== null && typeof value === 'object' && Object.getPrototypeOf(value) === Object.prototype)
    return storableObject(value);
  return value;
}

/** The object itself where nothing has to change, which is nearly always. */
function storableObject(value: object): object {
  const object = value as Readonly<Record<string, unknown>>;
  for (const key of Object.keys(object)) {
    if (storable(key) === key && storable(object[key]) === object[key]) continue;
    return Object.fromEntries(Object.entries(object).map(([name, one]) => [storable(name), storable(one)]));
  }
  return value;
}

/** At most `max` characters (whole code points), with an ellipsis where something was left out. */
export function clip(text: string, max: number): string {
  if (text.length <= max) return text;
  return `${text
    .slice(0, Math.max(0, max - 1))
    .toWellFormed()
    .replace(/\uFFFD$/, '')}…`;
}

/** With a capital first letter. */
export const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
