import { and, asc, desc, eq, inArray } from 'drizzle-orm';
import { type Places, prepared } from './prepared.ts';
import type { Db } from './store.ts';
import type { Tables } from './tables.ts';

export type RubricVersion = Tables['rubrics']['$inferSelect'];
export type RubricApproval = Tables['rubricApprovals']['$inferSelect'];

const present = prepared('present_rubric', (db, p: Places<'org' | 'key'>) => {
  const { rubrics } = db.t;
  return db
    .select()
    .from(rubrics)
    .where(and(eq(rubrics.org, p.org), eq(rubrics.present, p.key)));
});

/** The version that holds; undefined while the one that comes with Coxswain was never used here. */
export async function presentRubric(db: Db, org: string, key: string): Promise<RubricVersion | undefined> {
  return (await present(db, { org, key }))[0];
}

/** Newest first. */
export function rubricVersions(db: Db, org: string, key: string): Promise<RubricVersion[]> {
  const { rubrics } = db.t;
  return db
    .select()
    .from(rubrics)
    .where(and(eq(rubrics.org, org), eq(rubrics.key, key)))
    .orderBy(desc(rubrics.version));
}

const adopted = prepared('adopted_rubrics', (db, p: Places<'org'>) => {
  const { rubrics } = db.t;
  return db
    .select({ key: rubrics.key, version: rubrics.version, rubric: rubrics.rubric })
    .from(rubrics)
    .where(and(eq(rubrics.org, p.org), inArray(rubrics.state, ['adopted', 'superseded'])));
});

/** Every version by which scores can have been given: a handful. */
export const adoptedRubrics = (
  db: Db,
  org: string,
): Promise<Pick<RubricVersion, 'key' | 'version' | 'rubric'>[]> => adopted(db, { org });

export function approvalsOf(db: Db, org: string, key: string, version: number): Promise<RubricApproval[]> {
  const { rubricApprovals } = db.t;
  return db
    .select()
    .from(rubricApprovals)
    .where(
      and(eq(rubricApprovals.org, org), eq(rubricApprovals.key, key), eq(rubricApprovals.version, version)),
    )
    .orderBy(asc(rubricApprovals.at));
}
