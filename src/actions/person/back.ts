import { and, eq } from 'drizzle-orm';
import { z } from 'zod';
import { conflict } from '../../errors.ts';
import { defineAction } from '../action.ts';
import { absenceSince, absenceSubject } from './absence.ts';
import { oneselfOrGovernor, whom } from './mine.ts';

/** Somebody is back before they said: from now on they are asked themselves again. */
export const comeBack = defineAction({
  name: 'person.back',
  /** Person id; who asks when left out. */
  input: z.object({ person: z.string().optional() }),
  allow: oneselfOrGovernor,
  async run(s) {
    const { tx, org, now } = s;
    const { people } = tx.t;
    const who = await whom(s);
    if (absenceSince(who, now) === undefined)
      throw conflict(who.id === s.person!.id ? 'You are not away.' : `${who.name} is not away.`);
    await tx
      .update(people)
      .set({ awayUntil: null, awaySince: null, delegate: null })
      .where(and(eq(people.org, org), eq(people.id, who.id)))
      .returning({ id: people.id });
    return {
      result: { name: who.name },
      audit: { subject: `person:${who.id}`, facts: { awayUntil: null, was: who.awayUntil } },
      changed: [absenceSubject(who.id)],
    };
  },
});
