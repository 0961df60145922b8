import { scoreRequestsOf } from '../../db/scores.ts';
import { approveRubric, proposeRubric } from '../../src/actions/rubric/index.ts';
import { giveScore, keepScoreDraft, requestScores } from '../../src/actions/score/index.ts';
import type { Rubric } from '../../src/domain/rubric/rubric.ts';
import { askedPaths } from '../../src/domain/rubric/readiness.ts';
import { heldRubric } from '../../src/rubrics/held.ts';
import { SEAT_RUBRIC, builtinRubric } from '../../src/rubrics/builtin.ts';
import { printRubric } from '../../src/rubrics/read.ts';
import type { TestApp } from './app.ts';
import { appoint } from './ship.ts';

/** The rubric as it came, without the last criterion of its first dimension and with the first one worded otherwise. */
export function changedRubric(rubric: Rubric = builtinRubric(SEAT_RUBRIC)!): Rubric {
  const [data, ...others] = rubric.dimensions;
  const [first, ...rest] = data!.criteria;
  const criteria = [
    { ...first!, green: 'One source, written down and checked every month.' },
    ...rest.slice(0, -1),
  ];
  return { ...rubric, dimensions: [{ ...data!, criteria }, ...others] };
}

/** What a full score of `claims` takes: every criterion that is asked with one mark, but for some. */
export async function fullAnswers(app: TestApp, mark: string, but: Record<string, object> = {}) {
  const { rubric, name } = await heldRubric(app.app.store.read, app.org);
  const all = Object.fromEntries(askedPaths(rubric, 'medium').map((path) => [path, { mark }]));
  return { seat: 'claims', rubric: name, answers: { ...all, ...but } };
}

/**
 * Claims, in pilot, is scored and asked for, a form of it is half filled, and a version of the rubric is proposed by
 * Ana and approved by Bo, as its business owner. Returns the id of the open request, which is Dana's.
 */
export async function makeReadiness(app: TestApp, seat: string): Promise<string> {
  const marks = { data: 'red', governance: 'red', integration: 'red', change: 'red' };
  await app.act('dana', giveScore, { seat: 'claims', marks });
  const answers = { 'data.source-of-truth': { mark: 'red', note: 'Two copies.' } };
  await app.act('dana', keepScoreDraft, { seat: 'claims', rubric: `${SEAT_RUBRIC}@1`, answers });
  const { dana, ana } = app.people;
  await app.act('ana', requestScores, { seat: 'claims', reviewers: [dana, ana], due: '5d' });
  await appoint(app, 'bo', 'business', seat);
  await app.act('ana', proposeRubric, { yaml: printRubric(changedRubric()), reason: 'Auditors asked.' });
  await app.act('bo', approveRubric, { key: SEAT_RUBRIC, version: 2, comment: 'Fine.' });
  const [request] = await scoreRequestsOf(app.app.store.read, app.org, dana);
  return request!.id;
}
