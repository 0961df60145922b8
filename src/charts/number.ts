const digits = (options: Intl.NumberFormatOptions) => new Intl.NumberFormat('en', options);
const plain = digits({ maximumFractionDigits: 2 });
const rough = digits({ maximumFractionDigits: 1 });
const tiny = digits({ maximumSignificantDigits: 2 });
const compact = digits({ notation: 'compact', maximumFractionDigits: 2 });

/** A number short enough for a picture: `94.1`, `12,345.6`, `1.23M`, `1.20e+20`. Not finite: `undefined`. */
export function shortNumber(value: number): string | undefined {
  if (!Number.isFinite(value)) return undefined;
  const size = Math.abs(value);
  if (size === 0) return '0';
  if (size >= 1e15 || size < 1e-6) return value.toExponential(2);
  if (size >= 1e6) return compact.format(value);
  if (size >= 1000) return rough.format(value);
  return size < 0.01 ? tiny.format(value) : plain.format(value);
}
