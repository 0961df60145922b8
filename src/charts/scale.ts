/** Maps [low, high] to [from, to] without overflowing on the largest numbers; a single value lands in the middle. */
export function scale(low: number, high: number, from: number, to: number): (value: number) => number {
  const span = high / 2 - low / 2;
  return (value) => {
    const share = span > 0 ? (value / 2 - low / 2) / span : 0.5;
    return from + (to - from) * Math.min(1, Math.max(0, share));
  };
}

export const finite = (value: number | undefined): value is number =>
  value !== undefined && Number.isFinite(value);
