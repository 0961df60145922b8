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

/** Who was pinged about this issue, also as somebody's delegate. */
async function pinged(s: Scope<Input>): Promise<Verdict> {
  const issue = await needIssue(s.tx, s.org, s.input.issue);
  const mine = (await pingsOf(s.tx, s.org, issue.id)).some(
    (p) => p.person !== null && p.person === s.person?.id,
  );
  return mine ? { allowed: true, right: 'pinged' } : { allowed: false, whoMay: 'who was pinged about it' };
}

/** Whom it was handed to, or who took it. Everybody who may be refused is told of the others. */
async function holder(s: Scope<Input>): Promise<Verdict> {
  const issue = await needIssue(s.tx, s.org, s.input.issue);
  const mine = s.person !== undefined && holderOf(issue) === s.person.id;
  return mine ? { allowed: true, right: 'holder' } : { allowed: false, whoMay: 'who has it' };
}

/** Who raised it. */
async function raiser(s: Scope<Input>): Promise<Verdict> {
  const issue = await needIssue(s.tx, s.org, s.input.issue);
  const mine = s.person !== undefined && issue.openedBy === s.person.id;
  return mine ? { allowed: true, right: 'raiser' } : { allowed: false, whoMay: 'who raised it' };
}

const owner = ownerOf<Input>(seatOf);

/** Owners of the seat, who has the issue, who was pinged, and governors. */
export const whoWorksOnIt = either<Input>(owner, holder, pinged, atLeast('governor'));

/** Those, and who raised it. */
export const whoMayDropIt = either<Input>(owner, holder, pinged, raiser, atLeast('governor'));

/** Whoever works on an issue does not close it: its seat's accountable owner does. */
export const whoClosesIt = ownerOf<Input>(seatOf, ['accountable']);
