import { z } from 'zod';
import { type Colour, percentOf } from '../../domain/rubric/colour.ts';
import { encodeMarks } from '../../domain/rubric/marks.ts';
import { heldRubric } from '../../rubrics/held.ts';
import { type FollowUp, defineAction } from '../action.ts';
import { atLeast } from '../allow.ts';
import { needSeat } from '../find.ts';
import { optionalLink, optionalText } from '../inputs.ts';
import { readMarks } from './read-marks.ts';
import { type StoredScore, assertScorable, storeScore } from './store.ts';

const input = z.object({
  /** Key of the seat. */
  seat: z.string(),
  /** Colour by dimension key, as typed. */
  marks: z.record(z.string(), z.string()),
  note: optionalText('the note', 2000),
  evidence: optionalLink('the evidence'),
});

/** What was late is settled by an action of its own. */
export const settleOverdue = ({ overdue, id }: StoredScore): FollowUp[] =>
  overdue.map((issue) => ({
    action: 'score.settle-overdue',
    input: { issue },
    key: `scored:${id}:${issue}`,
  }));

/** A quick score: one colour per dimension. Never edited; a later score stands beside it in the history. */
export const giveScore = defineAction({
  name: 'score.give',
  input,
  allow: atLeast('reviewer'),
  async run({ tx, org, now, input, person }) {
    const seat = await needSeat(tx, org, input.seat);
    assertScorable(seat);
    const held = await heldRubric(tx, org);
    const asked = held.rubric.dimensions.map((d) => ({
      path: d.key,
      what: d.name,
      given: input.marks[d.key],
    }));
    const marks = readMarks<Colour>(asked, 'colours');
    const colours = [...marks.values()];
    const percent = percentOf(colours) ?? 0;
    const { note, evidence } = input;
    const stored = await storeScore(tx, org, held, seat, {
      reviewer: person!.id,
      at: now,
      kind: 'quick',
      marks: Object.fromEntries(marks),
      colours: encodeMarks(colours),
      percent,
      risk: seat.risk,
      note: note ?? null,
      evidence: evidence ?? null,
    });
    return {
      result: { id: stored.id, seat: seat.key, percent },
      audit: {
        subject: `seat:${seat.id}`,
        facts: {
          score: stored.id,
          rubric: held.name,
          kind: 'quick',
          marks: Object.fromEntries(marks),
          percent,
        },
        text: { note: note ?? null, evidence: evidence ?? null },
      },
      changed: stored.changed,
      followUps: settleOverdue(stored),
    };
  },
});
