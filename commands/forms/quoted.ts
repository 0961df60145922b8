import { clip } from '../../src/text.ts';

/** Forms carry 2,000 characters of arguments as JSON, in which quotes and line ends count twice. */
const MOST = 1200;

/** As much of a message as a form can carry along. */
export function quotable(text: string): string {
  let kept = clip(text, MOST);
  while (JSON.stringify(kept).length > MOST) kept = clip(kept, Math.floor(kept.length * 0.8));
  return kept;
}
