import { issueDetailCard } from '../src/cards/issue.ts';
import { invalid } from '../src/errors.ts';
import { loadIssue } from '../src/queries/issue.ts';
import type { Asked } from './command.ts';

/** As many comments as `issue show` names. */
const MOST_COMMENTS = 40;

/** The issue as it is now, with all that was said. */
export async function shownIssue(asked: Asked, id: string) {
  const now = asked.clock.now();
  const view = await loadIssue(asked.store.read, asked.org, id, {
    now,
    comments: MOST_COMMENTS,
    chart: true,
  });
  return issueDetailCard(view!, now);
}

/** The issue that was named, or a sentence with an example. */
export function needRef(input: Readonly<Record<string, string>>, verb: string): string {
  const { issue } = input;
  if (issue !== undefined) return issue;
  throw invalid('Which issue? Give its name.', { hint: `issue ${verb} CLAIMS-1` });
}
