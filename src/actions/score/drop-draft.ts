import { z } from 'zod';
import { dropDraft } from '../../../db/drafts.ts';
import { defineAction } from '../action.ts';
import { atLeast } from '../allow.ts';
import { needSeat } from '../find.ts';
import { draftAbout } from './store.ts';

/** Throws a half-filled full score away: the next form begins with the last score. */
export const dropScoreDraft = defineAction({
  name: 'score.drop-draft',
  /** Key of the seat. */
  input: z.object({ seat: z.string() }),
  allow: atLeast('reviewer'),
  async run({ tx, org, input, person }) {
    const seat = await needSeat(tx, org, input.seat);
    await dropDraft(tx, org, person!.id, draftAbout(seat.id));
    return {
      result: { seat: seat.key },
      audit: { subject: `seat:${seat.id}`, facts: { draft: 'dropped' } },
    };
  },
});
