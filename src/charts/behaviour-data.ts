import type { CellStatus } from './palette.ts';

export interface BehaviourPoint {
  /** `W47`. */
  readonly label: string;
  readonly value?: number;
  /** By the target of its time; `none` where there was no target, or nothing was due. */
  readonly status: CellStatus;
  /** The values that met the target then; a missing end is open. */
  readonly band?: { readonly low?: number; readonly high?: number };
}

/** Against what the readings are judged; `from` and `to` are points, both inclusive. */
export interface BehaviourBaseline {
  readonly from: number;
  readonly to: number;
  readonly state: 'provisional' | 'frozen';
  readonly centre: number;
  readonly lower: number;
  readonly upper: number;
}

export type BehaviourMark = 'limits' | 'shift' | 'red' | 'yellows' | 'missing' | 'silent';

export interface BehaviourPicture {
  readonly title: string;
  readonly subtitle?: string;
  readonly unit: string;
  /** Oldest first; the last `MOST_POINTS` are drawn. */
  readonly points: readonly BehaviourPoint[];
  readonly baseline?: BehaviourBaseline;
  /** Oldest first, with the sentence of each. */
  readonly signals: readonly {
    readonly at: number;
    readonly since: number;
    readonly kind: BehaviourMark;
    readonly direction: 'up' | 'down' | null;
    readonly words: string;
  }[];
  /** What people wrote, by the point that it is about. */
  readonly notes: readonly { readonly at: number; readonly words: string }[];
  /** What the statistics rest on, or why they cannot judge. */
  readonly says: string;
}

/** A year of weeks, and a little more. */
const MOST_POINTS = 60;
/** Signals that are spelt out below the plot, the newest ones; all of them are marked in it. */
export const MOST_SIGNALS = 5;
export const MOST_NOTES = 4;

/** `A` for the first of the signals that are spelt out. */
export const letterOf = (index: number): string => String.fromCharCode(65 + index);

/** The picture without what lies before its first point. */
export function cut(data: BehaviourPicture): BehaviourPicture {
  const drop = Math.max(0, data.points.length - MOST_POINTS);
  const shown = ({ at }: { readonly at: number }) => at >= drop;
  const { baseline } = data;
  return {
    ...data,
    points: data.points.slice(drop),
    signals: data.signals
      .filter(shown)
      .map((s) => ({ ...s, at: s.at - drop, since: Math.max(0, s.since - drop) })),
    notes: data.notes.filter(shown).map((n) => ({ ...n, at: n.at - drop })),
    ...(baseline === undefined
      ? {}
      : { baseline: { ...baseline, from: baseline.from - drop, to: baseline.to - drop } }),
  };
}
