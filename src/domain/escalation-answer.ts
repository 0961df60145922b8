import type { Instant } from '../clock.ts';
import { type Asked, idOf } from './escalation.ts';
import type { Answerer, Nobody } from './escalation-step.ts';
import { type OwnerRole, type OwnerState, acceptedOwner } from './seat.ts';
import type { IsHoliday, WorkingHours } from './working-time.ts';

/** What is known of a person who may be asked. */
export interface Somebody {
  readonly id: string;
  readonly active: boolean;
  readonly awayUntil: Instant | null;
  readonly delegate: string | null;
  readonly hours: WorkingHours;
  readonly country: string | null;
  /** The same human's other account, which is the one that counts. */
  readonly mergedInto: string | null;
}

/** A delegate of a delegate of a delegate answers; nobody is looked for further away. */
export const MOST_DELEGATES = 3;

export interface Crew {
  readonly now: Instant;
  readonly find: (id: string) => Somebody | undefined;
  /** Who was asked in this round and could not be reached. */
  readonly lost: ReadonlySet<string>;
  readonly holidays: (country: string | null) => IsHoliday | undefined;
}

/** Who answers for a person right now: they themselves, or the delegate of who is away. */
export function standIn(crew: Crew, id: string): Answerer | Nobody {
  const named = crew.find(id);
  const first = named === undefined || named.mergedInto === null ? named : crew.find(named.mergedInto);
  if (first?.active !== true) return { gone: 'vacant' };
  const who = presentOne(crew, first);
  if (who === undefined) return { gone: 'away', person: id };
  if (crew.lost.has(who.id)) return { gone: 'unreachable', person: who.id };
  return { person: who.id, calendar: { ...who.hours, isHoliday: crew.holidays(who.country) } };
}

/** Who is there: the first one who is not away, along the delegates. Undefined when nobody is. */
function presentOne(crew: Crew, first: Somebody): Somebody | undefined {
  const seen = new Set<string>();
  for (let who = first; ;) {
    if (who.awayUntil === null || who.awayUntil <= crew.now) return who;
    seen.add(who.id);
    const next: Somebody | undefined = who.delegate === null ? undefined : crew.find(who.delegate);
    if (next?.active !== true || seen.has(next.id) || seen.size > MOST_DELEGATES) return undefined;
    who = next;
  }
}

/** Who answers for what a step names. `number` is the person who logs the number that the issue is about. */
export const answererFor =
  (crew: Crew, owners: readonly OwnerState[], number: string | null) =>
  (target: Asked): Answerer | Nobody => {
    const named = idOf(target, 'person');
    if (named !== undefined) return standIn(crew, named);
    // A channel is asked as it is, so what is left is a role.
    const owner = target === 'number' ? (number ?? undefined) : acceptedOwner(owners, target as OwnerRole);
    return owner === undefined ? { gone: 'vacant' } : standIn(crew, owner);
  };
