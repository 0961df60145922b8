import { and, eq } from 'drizzle-orm';
import { z } from 'zod';
import { crewOf } from '../../../db/crew.ts';
import type { Person } from '../../../db/people.ts';
import type { Db } from '../../../db/store.ts';
import { parseReturn } from '../../domain/absence.ts';
import { invalid } from '../../errors.ts';
import { type Effects, defineAction } from '../action.ts';
import { rerouteFrom } from '../escalation/index.ts';
import { needMember } from '../find.ts';
import { sentence } from '../inputs.ts';
import { absenceMessage, absenceSince, absenceSubject } from './absence.ts';
import { oneselfOrGovernor, whom } from './mine.ts';

const input = z.object({
  /** Person id; who asks when left out. */
  person: z.string().optional(),
  /** As people say it: `fri`, `tomorrow 14:00`, `2026-12-24`. */
  until: sentence('the day when you are back', 60),
  last: z.enum(['until', 'through']).default('until'),
  /** Person id of who answers meanwhile. */
  delegate: z.string().optional(),
});

type Away = {
  name: string;
  until: number;
  zone: string;
  delegate: string | null;
  delegateIsAway: boolean;
  rerouted: number;
};

/**
 * Somebody is away until then: what is asked of them goes to their delegate, at once also what they were asked already.
 * Without a delegate it goes on to the next step.
 */
export const goAway = defineAction({
  name: 'person.away',
  input,
  allow: oneselfOrGovernor,
  async run(s): Promise<Effects<Away>> {
    const { tx, org, now, input, person: by } = s;
    const { people } = tx.t;
    const who = await whom(s);
    const until = parseReturn(input.until, {
      now,
      hours: { ...who.hours, zone: who.zone },
      last: input.last,
    });
    const delegate =
      input.delegate === undefined ? undefined : await delegateFor(tx, who, input.delegate, now);
    const since = absenceSince(who, now) ?? now;
    await tx
      .update(people)
      .set({ awayUntil: until, awaySince: since, delegate: delegate?.id ?? null })
      .where(and(eq(people.org, org), eq(people.id, who.id)))
      .returning({ id: people.id });
    const moved = await rerouteFrom(tx, org, now, who.id);
    const told = by!.id === who.id ? null : by!.id;
    return {
      result: {
        name: who.name,
        until,
        zone: who.zone,
        delegate: delegate?.name ?? null,
        delegateIsAway: (delegate?.awayUntil ?? 0) > now,
        rerouted: moved.issues.length,
      },
      audit: {
        subject: `person:${who.id}`,
        facts: { awayUntil: until, delegate: delegate?.id ?? null, rerouted: [...moved.issues] },
      },
      shows: [
        ...(told === null ? [] : [absenceMessage(who.id, since, who.id, told)]),
        // Who set somebody else away and stands in for them knows.
        ...(delegate === undefined || delegate.id === by!.id
          ? []
          : [absenceMessage(who.id, since, delegate.id, null)]),
        ...moved.shows,
      ],
      changed: [absenceSubject(who.id), ...moved.changed],
    };
  },
});

const refused = (why: string) => invalid(why, { fields: { delegate: why } });

/** An active member who is there for `who`, and does not count on `who` in turn. */
async function delegateFor(tx: Db, who: Person, id: string, now: number): Promise<Person> {
  if (id === who.id) throw refused('Nobody stands in for themselves. Choose somebody else.');
  const delegate = await needMember(tx, who.org, id, 'stand in', 'delegate');
  const crew = await crewOf(tx, who.org, [id]);
  const seen = new Set<string>();
  for (let at: Person | undefined = crew.get(id); at !== undefined && !seen.has(at.id);) {
    seen.add(at.id);
    if ((at.awayUntil ?? 0) <= now || at.delegate === null) break;
    if (at.delegate === who.id)
      throw refused(`${at.name} is away and counts on ${who.name}. Choose somebody else.`);
    at = crew.get(at.delegate);
  }
  return delegate;
}
