import { pingsOf } from '../../../db/escalations.ts';
import { holderOf } from '../../domain/issue.ts';
import type { Scope, Verdict } from '../action.ts';
import { atLeast, either, ownerOf } from '../allow.ts';
import { needIssue } from '../find.ts';

interface Input {
  /** `CLAIMS-1`. */
  readonly issue: string;
}

const seatOf = async (s: Scope<Input>) => (await needIssue(s.tx, s.org, s.input.issue)).seat;

/** Whom it was handed to, who took it, and who was pinged about it, also as somebody's delegate. */
async function involved(s: Scope<Input>): Promise<Verdict> {
  const issue = await needIssue(s.tx, s.org, s.input.issue);
  const me = s.person?.id;
  if (me !== undefined && holderOf(issue) === me) return { allowed: true, right: 'holder' };
  const asked = (await pingsOf(s.tx, s.org, issue.id)).some((p) => p.person !== null && p.person === me);
  return asked
    ? { allowed: true, right: 'pinged' }
    : { allowed: false, whoMay: 'who has it or was pinged about it' };
}

/** Who raised it. */
async function raiser(s: Scope<Input>): Promise<Verdict> {
  const issue = await needIssue(s.tx, s.org, s.input.issue);
  const mine = s.person !== undefined && issue.openedBy === s.person.id;
  return mine ? { allowed: true, right: 'raiser' } : { allowed: false, whoMay: 'who raised it' };
}

const owner = ownerOf<Input>(seatOf);

/** Owners of the seat, who has the issue, who was pinged, and governors. */
export const whoWorksOnIt = either<Input>(owner, involved, atLeast('governor'));

/** Those, and who raised it. */
export const whoMayDropIt = either<Input>(owner, involved, raiser, atLeast('governor'));

/** Whoever works on an issue does not close it: its seat's accountable owner does. */
export const whoClosesIt = ownerOf<Input>(seatOf, ['accountable']);
