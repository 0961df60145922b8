import { type RubricVersion, adoptedRubrics, presentRubric } from '../../db/rubrics.ts';
import type { Db } from '../../db/store.ts';
import type { Rubric } from '../domain/rubric/rubric.ts';
import { versionedKey } from '../domain/rubric/score.ts';
import type { RubricOf } from '../domain/rubric/standing.ts';
import { SEAT_RUBRIC, builtinRubric } from './builtin.ts';

export interface HeldRubric {
  readonly rubric: Rubric;
  readonly version: number;
  /** `production-readiness@1` */
  readonly name: string;
  /** Undefined while the one that comes with Coxswain was never used here. */
  readonly row: RubricVersion | undefined;
}

/** The version by which this organisation scores now: its own, or the one that comes with Coxswain as version 1. */
export async function heldRubric(db: Db, org: string, key: string = SEAT_RUBRIC): Promise<HeldRubric> {
  const row = await presentRubric(db, org, key);
  const rubric = row?.rubric ?? builtinRubric(key)!;
  const version = row?.version ?? 1;
  return { rubric, version, name: versionedKey(key, version), row };
}

/** Every rubric by which scores of this organisation can have been given. */
export async function rubricLookup(db: Db, org: string): Promise<RubricOf> {
  const rows = await adoptedRubrics(db, org);
  const known = new Map(rows.map(({ key, version, rubric }) => [versionedKey(key, version), rubric]));
  return (name) =>
    known.get(name) ?? (name === versionedKey(SEAT_RUBRIC, 1) ? builtinRubric(SEAT_RUBRIC) : undefined);
}
