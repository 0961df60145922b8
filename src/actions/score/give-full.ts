import { z } from 'zod';
import { type Mark, encodeMarks, marksOf } from '../../domain/rubric/marks.ts';
import { type Answers, askedOf, readinessOf } from '../../domain/rubric/readiness.ts';
import { criterionPath } from '../../domain/rubric/rubric.ts';
import { conflict, invalid } from '../../errors.ts';
import { type HeldRubric, heldRubric } from '../../rubrics/held.ts';
import type { RiskTier } from '../../domain/seat.ts';
import { defineAction } from '../action.ts';
import { atLeast } from '../allow.ts';
import { needSeat } from '../find.ts';
import { answerInput, whySilent } from './answer.ts';
import { settleOverdue } from './give.ts';
import { readMarks } from './read-marks.ts';
import { assertScorable, storeScore } from './store.ts';

const input = z.object({
  /** Key of the seat. */
  seat: z.string(),
  /** The version that was filled in, `production-readiness@2`. */
  rubric: z.string(),
  /** By `criterionPath`; every criterion that is asked of the seat. */
  answers: z.record(z.string(), answerInput),
});
type Given = z.output<typeof input>['answers'];

/** A full score: every criterion that is asked of the seat, each with a note and evidence where there are any. */
export const giveFullScore = defineAction({
  name: 'score.give-full',
  input,
  allow: atLeast('reviewer'),
  async run({ tx, org, now, input, person }) {
    const seat = await needSeat(tx, org, input.seat);
    assertScorable(seat);
    const held = await heldRubric(tx, org);
    if (held.name !== input.rubric) {
      throw conflict(
        `The rubric has changed to version ${held.version} since this form was opened. What you typed is kept: score the seat again.`,
        { hint: `score ${seat.key}` },
      );
    }
    const answers = answersOf(held, seat.risk, input.answers);
    const { dimensions, percent } = readinessOf(held.rubric, seat.risk, answers);
    if (percent === undefined) throw invalid('A score needs at least one criterion that applies.');
    const marks = Object.fromEntries(
      dimensions.flatMap((d) => (d.colour === undefined ? [] : [[d.key, d.colour]])),
    );
    const stored = await storeScore(tx, org, held, seat, {
      reviewer: person!.id,
      at: now,
      kind: 'full',
      marks,
      colours: encodeMarks(marksOf(held.rubric, seat.risk, answers)),
      percent,
      answers,
      risk: seat.risk,
      note: null,
      evidence: null,
    });
    const texts = Object.entries(answers).flatMap(([path, { mark: _mark, ...words }]) =>
      Object.keys(words).length === 0 ? [] : [[path, words] as const],
    );
    return {
      result: { id: stored.id, seat: seat.key, percent },
      audit: {
        subject: `seat:${seat.id}`,
        facts: { score: stored.id, rubric: held.name, kind: 'full', marks, percent },
        text: Object.fromEntries(texts),
      },
      changed: stored.changed,
      followUps: settleOverdue(stored),
    };
  },
});

function answersOf({ rubric }: HeldRubric, risk: RiskTier, given: Given): Answers {
  const asked = rubric.dimensions.flatMap((d) =>
    askedOf(d, risk).map((c) => ({ path: criterionPath(d.key, c.key), what: `“${c.name}”` })),
  );
  const marks = readMarks<Mark>(
    asked.map(({ path, what }) => ({ path, what, given: given[path]?.mark })),
    'none too',
  );
  const silent = asked.filter(({ path }) => marks.get(path) === 'none' && given[path]?.note === undefined);
  if (silent.length > 0) {
    const fields = Object.fromEntries(silent.map(({ path, what }) => [path, whySilent(what)]));
    throw invalid(Object.values(fields).slice(0, 3).join(' '), { fields });
  }
  return Object.fromEntries(
    asked.map(({ path }) => {
      const { note, evidence } = given[path] ?? {};
      const words = {
        ...(note === undefined ? {} : { note }),
        ...(evidence === undefined ? {} : { evidence }),
      };
      return [path, { mark: marks.get(path)!, ...words }];
    }),
  );
}
