import { and, eq } from 'drizzle-orm';
import { z } from 'zod';
import { issuesOfSeat } from '../../../db/issues.ts';
import { keepRestricted } from '../../../db/visibility.ts';
import { isOpen } from '../../domain/issue.ts';
import { VISIBILITIES } from '../../domain/visibility.ts';
import { conflict } from '../../errors.ts';
import { defineAction } from '../action.ts';
import { atLeast, either, ownerOfNamedSeat } from '../allow.ts';
import { needSeat } from '../find.ts';
import { oneOf, sentence } from '../inputs.ts';
import { issueSubjects } from '../subjects.ts';

const input = z.object({
  /** Key of the seat. */
  seat: z.string({ error: 'Which seat? Give its key.' }),
  visibility: oneOf('a visibility', VISIBILITIES),
  because: sentence('the reason', 1000),
});

/** Says who may see a seat and everything about it. What stands in channels already is drawn anew. */
export const setSeatVisibility = defineAction({
  name: 'seat.set-visibility',
  input,
  allow: either(atLeast('governor'), ownerOfNamedSeat(['accountable'])),
  async run({ tx, org, input }) {
    const { seats } = tx.t;
    const seat = await needSeat(tx, org, input.seat);
    const { visibility: from } = seat;
    const [set] = await tx
      .update(seats)
      .set({ visibility: input.visibility })
      .where(and(eq(seats.org, org), eq(seats.id, seat.id), eq(seats.visibility, from)))
      .returning({ id: seats.id });
    if (set === undefined)
      throw conflict('Who may see this seat was just changed by somebody else. Please look again.');
    await keepRestricted(tx, org);
    const issues = await issuesOfSeat(tx, org, seat.id);
    const subjects: string[] = [];
    for (const { id, state } of issues)
      subjects.push(...(isOpen(state) ? await issueSubjects(tx, org, id) : [`issue:${id}`]));
    return {
      result: { seat: seat.key, name: seat.name, from, to: input.visibility },
      audit: {
        subject: `seat:${seat.id}`,
        facts: { visibility: input.visibility, before: from },
        text: { because: input.because },
      },
      changed: [`seat:${seat.id}`, ...new Set(subjects)],
    };
  },
});
