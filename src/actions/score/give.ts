import { z } from 'zod';
import { COLOURS, DIMENSIONS, type Marks, QUICK_RUBRIC, percentOf } from '../../domain/rubric.ts';
import { conflict } from '../../errors.ts';
import { newId } from '../../ids.ts';
import { defineAction } from '../action.ts';
import { atLeast } from '../allow.ts';
import { needSeat } from '../find.ts';
import { optionalLink, optionalText, typed } from '../inputs.ts';

const colour = z.enum(COLOURS, {
  error: (issue) =>
    issue.input === undefined || issue.input === null
      ? 'Please choose a colour: green, yellow or red.'
      : `“${typed(issue.input)}” is not a colour: choose green, yellow or red.`,
});

const input = z.object({
  /** Key of the seat. */
  seat: z.string(),
  ...(Object.fromEntries(DIMENSIONS.map((d) => [d, colour])) as Record<
    (typeof DIMENSIONS)[number],
    typeof colour
  >),
  note: optionalText('the note', 2000),
  evidence: optionalLink('the evidence'),
});

/** A quick score: one colour per dimension. Never edited; a later score stands beside it in the history. */
export const giveScore = defineAction({
  name: 'score.give',
  input,
  allow: atLeast('reviewer'),
  async run({ tx, org, now, input, person }) {
    const seat = await needSeat(tx, org, input.seat);
    if (seat.stage === 'retired') throw conflict(`Seat “${seat.key}” is retired and is not scored any more.`);
    const marks = Object.fromEntries(DIMENSIONS.map((d) => [d, input[d]])) as Marks;
    const percent = percentOf(marks);
    const id = newId();
    await tx.insert(tx.t.scores).values({
      org,
      id,
      seat: seat.id,
      reviewer: person!.id,
      at: now,
      rubric: QUICK_RUBRIC,
      marks,
      percent,
      note: input.note ?? null,
      evidence: input.evidence ?? null,
    });
    return {
      result: { id, seat: seat.key, percent },
      audit: {
        subject: `seat:${seat.id}`,
        facts: { score: id, rubric: QUICK_RUBRIC, marks, percent },
        text: { note: input.note ?? null, evidence: input.evidence ?? null },
      },
      changed: [`seat:${seat.id}`],
    };
  },
});
