/** Characters of text in rendered blocks, all together: what LIMITS.messageText is about. */
export function weigh(rendered: unknown): number {
  if (typeof rendered !== 'object' || rendered === null) return 0;
  if (Array.isArray(rendered))
    return (rendered as unknown[]).reduce<number>((sum, item) => sum + weigh(item), 0);
  return Object.entries(rendered).reduce((sum, [key, value]: [string, unknown]) => {
    const counts = key === 'text' || key === 'alt_text' || key === 'fallback';
    return sum + (typeof value === 'string' ? (counts ? value.length : 0) : weigh(value));
  }, 0);
}
