/** A seeded source of chance: sfc32 by Chris Doty-Humphrey. */
export interface Chance {
  /** Uniform in [0, 1). */
  readonly uniform: () => number;
  /** Standard normal, by G. Marsaglia's polar method. */
  readonly normal: () => number;
}

export function chance(seed: number): Chance {
  let [a, b, c, d] = [seed >>> 0, 0x9e3779b9, 0x243f6a88, 1];
  const uniform = () => {
    const t = (((a + b) | 0) + d) | 0;
    d = (d + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (c << 21) | (c >>> 11);
    c = (c + t) | 0;
    return (t >>> 0) / 4294967296;
  };
  for (let i = 0; i < 20; i += 1) uniform();
  let spare: number | undefined;
  const normal = () => {
    if (spare !== undefined) {
      const value = spare;
      spare = undefined;
      return value;
    }
    for (;;) {
      const u = 2 * uniform() - 1;
      const v = 2 * uniform() - 1;
      const square = u * u + v * v;
      if (square >= 1 || square === 0) continue;
      const factor = Math.sqrt((-2 * Math.log(square)) / square);
      spare = v * factor;
      return u * factor;
    }
  };
  return { uniform, normal };
}

function poisson({ uniform }: Chance, mean: number): number {
  const limit = Math.exp(-mean);
  let count = 0;
  for (let product = uniform(); product > limit; product *= uniform()) count += 1;
  return count;
}

/** Percent of `trials` that succeed. */
function percent({ uniform }: Chance, trials: number, share: number): number {
  let hits = 0;
  for (let i = 0; i < trials; i += 1) if (uniform() < share) hits += 1;
  return (100 * hits) / trials;
}

/** One reading after the other; the level moves by `shift` standard deviations from index `from` on. */
type Kind = (chance: Chance, length: number, which: number, shift: number, from: number) => number[];

const steady = (next: (shift: number) => number, length: number, shift: number, from: number): number[] =>
  Array.from({ length }, (_, i) => next(i >= from ? shift : 0));

const RATES = [
  { trials: 200, share: 0.97 },
  { trials: 50, share: 0.98 },
  { trials: 200, share: 0.05 },
  { trials: 100, share: 0.03 },
] as const;
const COUNTS = [1, 2, 4] as const;

/** Kinds of series in control, with the sorts that one kind takes in turn. */
export const KINDS = {
  normal: (c, length, _, shift, from) => steady((s) => c.normal() + s, length, shift, from),
  'ar0.5': (c, length, _, shift, from) => {
    let state = c.normal();
    return steady(
      (s) => {
        const value = state + s;
        state = 0.5 * state + Math.sqrt(0.75) * c.normal();
        return value;
      },
      length,
      shift,
      from,
    );
  },
  // A rate moves towards the middle: near 100 % down, near 0 % up.
  rate: (c, length, which, shift, from) => {
    const { trials, share } = RATES[which % RATES.length]!;
    const side = share > 0.5 ? -1 : 1;
    const sd = Math.sqrt((share * (1 - share)) / trials);
    return steady((s) => percent(c, trials, share + side * s * sd), length, shift, from);
  },
  count: (c, length, which, shift, from) => {
    const mean = COUNTS[which % COUNTS.length]!;
    return steady((s) => poisson(c, mean + s * Math.sqrt(mean)), length, shift, from);
  },
  // In turn Student's t with 3 degrees of freedom, and log-normal with log-scale 1: standard deviations √3 and 2.16.
  heavy: (c, length, which, shift, from) =>
    which % 2 === 0
      ? steady(
          (s) =>
            c.normal() / Math.sqrt((c.normal() ** 2 + c.normal() ** 2 + c.normal() ** 2) / 3) +
            s * Math.sqrt(3),
          length,
          shift,
          from,
        )
      : steady((s) => Math.exp(c.normal()) + s * 2.161, length, shift, from),
} as const satisfies Record<string, Kind>;

export type KindName = keyof typeof KINDS;
// The keys of an object literal of ours are its names.
export const KIND_NAMES = Object.keys(KINDS) as KindName[];

/** `count` series of one kind, the same for the same seed. */
export function* seriesOf(
  kind: KindName,
  count: number,
  length: number,
  seed: number,
  shift = 0,
  from = length,
): Generator<number[]> {
  const source = chance(seed);
  for (let i = 0; i < count; i += 1) yield KINDS[kind](source, length, i, shift, from);
}
