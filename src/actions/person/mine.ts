import type { Person } from '../../../db/people.ts';
import type { Scope, Verdict } from '../action.ts';
import { anyone, atLeast } from '../allow.ts';
import { needMember } from '../find.ts';

interface About {
  /** Person id; who asks when left out. */
  readonly person?: string | undefined;
}

/** Everybody for themselves; a governor for others, who fell ill. */
export const oneselfOrGovernor = (s: Scope<About>): Promise<Verdict> | Verdict =>
  s.input.person === undefined || s.input.person === s.person?.id ? anyone(s) : atLeast('governor')(s);

/** Whom it is about: who asks, or the member that is named. */
export const whom = ({ tx, org, input, person }: Scope<About>): Promise<Person> | Person =>
  input.person === undefined || input.person === person!.id
    ? person!
    : needMember(tx, org, input.person, 'be away', 'person');
