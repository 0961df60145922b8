import type { Issue } from '../../../db/issues.ts';
import { moved } from '../../domain/issue.ts';
import { answer, closeDrill, watchIssue } from '../escalation/index.ts';
import type { Scope } from '../action.ts';
import { setIssue } from './take.ts';

/**
 * The person who asks has the issue that was taken: the pings stop, and they are reminded until it is solved. Where a
 * step wants everybody, the others are still asked; a drill has shown what it should. Returns the person ids of who is
 * still asked.
 */
export async function haveIssue(
  { tx, org, now, person }: Pick<Scope<unknown>, 'tx' | 'org' | 'now' | 'person'>,
  issue: Issue,
): Promise<readonly string[]> {
  const by = person!.id;
  const waits = await answer(tx, { org, issue, person: by, now });
  if (waits.length > 0) return waits;
  const mine = await setIssue(tx, issue, moved(issue, 'acknowledge', now, by));
  if (issue.drill) await closeDrill(tx, org, issue, now, by);
  else await watchIssue(tx, { org, issue: mine, by, now });
  return [];
}
