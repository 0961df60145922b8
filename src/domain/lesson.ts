import { METRIC_CATEGORIES, type MetricCategory } from './metric.ts';
import { HOLDER_KINDS, type HolderKind, RISK_TIERS, type RiskTier, reachesTier } from './seat.ts';

/** Which seats a rule speaks to; what is left out fits every seat. */
export interface LessonFit {
  readonly holder?: HolderKind;
  /** From this tier upwards. */
  readonly risk?: RiskTier;
  readonly category?: MetricCategory;
}

/** What counts of a seat when rules are looked for. */
export interface FittingSeat {
  readonly holder: HolderKind;
  readonly risk: RiskTier;
  /** Categories of its numbers; none yet means that any may come. */
  readonly categories: ReadonlySet<MetricCategory>;
}

/** Whether a rule speaks to this seat. */
export const fits = (fit: LessonFit, seat: FittingSeat): boolean =>
  (fit.holder === undefined || fit.holder === seat.holder) &&
  (fit.risk === undefined || reachesTier(seat.risk, fit.risk)) &&
  (fit.category === undefined || seat.categories.size === 0 || seat.categories.has(fit.category));

const isOne = <T extends string>(values: readonly T[], word: string): word is T =>
  (values as readonly string[]).includes(word);

/** Every word that narrows a rule down. */
export const FIT_WORDS: readonly string[] = [...HOLDER_KINDS, ...RISK_TIERS, ...METRIC_CATEGORIES];

/**
 * `every`, or words like `ai, high` and `quality` that must all hold. Undefined for a word that is none, or for two
 * that exclude each other.
 */
export function parseFit(text: string): LessonFit | undefined {
  const words = text
    .toLowerCase()
    .split(/[\s,+]+/)
    .filter((word) => word !== '' && word !== 'every');
  const found: { holder?: HolderKind; risk?: RiskTier; category?: MetricCategory } = {};
  for (const word of words) {
    if (isOne(HOLDER_KINDS, word) && found.holder === undefined) found.holder = word;
    else if (isOne(RISK_TIERS, word) && found.risk === undefined) found.risk = word;
    else if (isOne(METRIC_CATEGORIES, word) && found.category === undefined) found.category = word;
    else return undefined;
  }
  return found;
}

/** `every seat`, `AI seats of risk high with quality numbers`. */
export function fitText(fit: LessonFit): string {
  if (fit.holder === undefined && fit.risk === undefined && fit.category === undefined) return 'every seat';
  const holder = fit.holder === undefined ? 'seats' : fit.holder === 'ai' ? 'AI seats' : 'human seats';
  const upwards = fit.risk === undefined || fit.risk === 'high' ? '' : ' or more';
  const risk = fit.risk === undefined ? '' : ` of ${fit.risk} risk${upwards}`;
  return `${holder}${risk}${fit.category === undefined ? '' : ` with ${fit.category} numbers`}`;
}

/** `R1`. */
export const ruleRef = (number: number): string => `R${number}`;
