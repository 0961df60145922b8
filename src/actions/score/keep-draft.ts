import { z } from 'zod';
import { draftOf, keepDraft } from '../../../db/drafts.ts';
import { needSeat } from '../find.ts';
import { defineAction } from '../action.ts';
import { atLeast } from '../allow.ts';
import { draftAbout } from './store.ts';

const typed = z.string().max(3000).optional();

const input = z.object({
  /** Key of the seat. */
  seat: z.string(),
  rubric: z.string(),
  /** What was typed, by `criterionPath`; kept as it is, right or wrong. */
  answers: z.record(z.string().max(80), z.object({ mark: typed, note: typed, evidence: typed })),
});

/** Keeps what a reviewer typed into a page of the full form. Other pages stay as they are, also
 * when the rubric has changed meanwhile. */
export const keepScoreDraft = defineAction({
  name: 'score.keep-draft',
  input,
  allow: atLeast('reviewer'),
  async run({ tx, org, now, input, person }) {
    const seat = await needSeat(tx, org, input.seat);
    const about = draftAbout(seat.id);
    const before = await draftOf(tx, org, person!.id, about);
    const values = {
      ...before?.values,
      ...JSON.parse(JSON.stringify(input.answers)),
    };
    await keepDraft(tx, { org, person: person!.id, about, version: input.rubric, values, at: now });
    return {
      result: { kept: Object.keys(values).length },
      audit: {
        subject: `seat:${seat.id}`,
        facts: { draft: input.rubric, answers: Object.keys(input.answers).length },
      },
    };
  },
});
