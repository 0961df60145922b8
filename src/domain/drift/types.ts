/** How readily statistics raise a signal. Each is a budget of false alarms, see BUDGETS. */
export const SENSITIVITIES = ['quiet', 'standard', 'sensitive'] as const;
export type Sensitivity = (typeof SENSITIVITIES)[number];

/** Share of metrics in control that may raise at least one statistical signal within 52 periods. */
export const BUDGETS: Readonly<Record<Sensitivity, number>> = { quiet: 0.05, standard: 0.15, sensitive: 0.3 };

/** Nothing statistical is said before this many readings. */
export const FEWEST = 8;
/** The baseline freezes at this many readings; until then it grows and what is said is provisional. */
export const FROZEN = 26;

export interface DetectOptions {
  /** Default `standard`. */
  readonly sensitivity?: Sensitivity;
  /** Least and greatest value that the metric can have at all: 0 and 100 for percentages. */
  readonly bounds?: { readonly low?: number; readonly high?: number };
  /** Index of the first reading that belongs to the baseline. Default 0: earlier ones are shown, not judged. */
  readonly baselineFrom?: number;
}

/** Where a series lies, and within which limits it should stay. */
export interface Baseline {
  /** Indexes into the series, both inclusive. */
  readonly from: number;
  readonly to: number;
  /** Readings in it. */
  readonly n: number;
  readonly centre: number;
  /** Standard deviation of one reading, from moving ranges (XmR), corrected for autocorrelation. */
  readonly sigma: number;
  /**
   * Natural process limits: three sigma, wider while few readings say what sigma is. One reading outside of them is
   * not yet a signal: see `limits` of StatisticalSignal.
   */
  readonly lower: number;
  readonly upper: number;
  /** Lag-1 autocorrelation as estimated, shrunk towards 0, 0 to 0.9; limits are widened by it. */
  readonly autocorrelation: number;
  readonly state: 'provisional' | 'frozen';
}

/** One thing that chance alone would seldom do. */
export interface StatisticalSignal {
  /**
   * `limits`: one reading outside the natural limits, and far beyond every reading before it. `shift`: a lasting
   * change of the level. They share one budget of false alarms.
   */
  readonly kind: 'limits' | 'shift';
  /** Index of the reading that raised it. */
  readonly at: number;
  /** Index of the reading with which the change seems to have begun; `at` for `limits`. */
  readonly since: number;
  readonly direction: 'up' | 'down';
  /** Mean since then, for `shift`; the reading itself for `limits`. */
  readonly level: number;
  /**
   * The share of unchanged metrics in which the detector, at this sensitivity and with a baseline of this length,
   * raises any signal within 52 periods: as measured, see docs/drift.md.
   */
  readonly chance: number;
  /** The baseline it was judged against. */
  readonly baseline: Baseline;
}

/** What statistics can say of a series. */
export type Detection =
  | { readonly state: 'too few'; readonly n: number; readonly reason: string }
  | {
      readonly state: 'cannot judge';
      readonly n: number;
      readonly reason: string;
      readonly baseline?: Baseline;
    }
  | {
      readonly state: 'provisional' | 'frozen';
      readonly n: number;
      readonly baseline: Baseline;
      /** Oldest first: every reading at which a change was seen, judged with what was known at that time. */
      readonly signals: readonly StatisticalSignal[];
    };
