import { countRules } from '../../../db/rules.ts';
import type { Db } from '../../../db/store.ts';
import { type LessonFit, ruleRef } from '../../domain/lesson.ts';
import { newId } from '../../ids.ts';

export interface NewRule {
  readonly org: string;
  readonly now: number;
  readonly text: string;
  readonly why: string;
  readonly fits: LessonFit;
  /** Person id. */
  readonly by: string;
  /** Id of the issue that taught it. */
  readonly issue: string | null;
}

/** Puts a rule into the organisation's record. Two at the same moment: the runner runs the second once more. */
export async function makeRule(tx: Db, { now, ...rule }: NewRule): Promise<{ id: string; ref: string }> {
  const id = newId();
  const ref = ruleRef((await countRules(tx, rule.org)) + 1);
  await tx.insert(tx.t.rules).values({ ...rule, id, ref, at: now });
  return { id, ref };
}
