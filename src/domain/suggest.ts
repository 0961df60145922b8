import { fold } from './fold.ts';

interface Choice {
  readonly value: string;
  readonly label: string;
}

/** As many as a list shows; Slack takes 100. */
export const SUGGESTED = 50;

/**
 * The choices that are meant by what was typed so far, the best first: the one of this very value, those whose value
 * begins so, those in which words begin so, and those that hold it anywhere. Case and accents make no difference.
 */
export function suggest<C extends Choice>(choices: readonly C[], typed: string): C[] {
  const wanted = fold(typed);
  if (wanted === '') return choices.slice(0, SUGGESTED);
  const words = wanted.split(' ');
  const rank = ({ value, label }: Choice): number | undefined => {
    const key = fold(value);
    if (key === wanted) return 0;
    if (key.startsWith(wanted)) return 1;
    const whole = fold(`${value} ${label}`);
    const begun = whole.split(/[^\p{L}\p{N}]+/u);
    if (words.every((word) => begun.some((one) => one.startsWith(word)))) return 2;
    return words.every((word) => whole.includes(word)) ? 3 : undefined;
  };
  return choices
    .flatMap((choice) => {
      const at = rank(choice);
      return at === undefined ? [] : [{ choice, at }];
    })
    .toSorted((a, b) => a.at - b.at)
    .slice(0, SUGGESTED)
    .map(({ choice }) => choice);
}
