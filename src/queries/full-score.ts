import { draftOf } from '../../db/drafts.ts';
import { lastFullScore } from '../../db/scores.ts';
import type { Seat } from '../../db/seats.ts';
import type { Db } from '../../db/store.ts';
import type { Instant } from '../clock.ts';
import type { Mark } from '../domain/rubric/marks.ts';
import { type RubricPage, pagesOf } from '../domain/rubric/pages.ts';
import { compareRubrics } from '../domain/rubric/compare.ts';
import { type HeldRubric, heldRubric, rubricLookup } from '../rubrics/held.ts';

/** What was typed for one criterion, right or wrong. */
export interface Typed {
  readonly mark?: string;
  readonly note?: string;
  readonly evidence?: string;
}

/** The newest full score that answers what is asked now, and whose it is. */
export interface Previous {
  readonly by: string;
  /** It is the reviewer's own: what others wrote is shown, but never becomes theirs. */
  readonly own: boolean;
  readonly at: Instant;
  /** Paths of criteria that another version of the rubric worded otherwise: these marks answered something else. */
  readonly reworded: ReadonlySet<string>;
  readonly answers: Readonly<
    Record<string, { readonly mark: Mark; readonly note?: string; readonly evidence?: string }>
  >;
}

/** Everything that the full form of one reviewer begins with. */
export interface FullScoreForm {
  readonly seat: Seat;
  readonly held: HeldRubric;
  readonly pages: readonly RubricPage[];
  readonly previous: Previous | undefined;
  /** By path; what the reviewer typed and did not send. */
  readonly draft: Readonly<Record<string, Typed>>;
  readonly draftAt: Instant | undefined;
  /** It was typed for another version: every page is to be looked at again. */
  readonly outdated: boolean;
  /** Typed for criteria that this version does not have any more, or that are not asked of the seat. */
  readonly lost: readonly Typed[];
}

export async function loadFullScore(
  db: Db,
  org: string,
  seat: Seat,
  me: string,
  about: string,
): Promise<FullScoreForm> {
  const [held, draft, last] = await Promise.all([
    heldRubric(db, org),
    draftOf(db, org, me, about),
    lastFullScore(db, org, seat.id, me),
  ]);
  const pages = pagesOf(held.rubric, seat.risk);
  const asked = new Set(pages.flatMap((page) => page.criteria.map((c) => c.path)));
  // Guarantee of the cast: the values of a draft were written by keepScoreDraft, whose input they are.
  const typed = (draft?.values ?? {}) as Readonly<Record<string, Typed>>;
  const entries = Object.entries(typed);
  return {
    seat,
    held,
    pages,
    previous:
      last === undefined
        ? undefined
        : {
            by: last.reviewer,
            own: last.score.reviewer === me,
            at: last.score.at,
            reworded: await rewordedSince(db, org, last.score.rubric, held),
            answers: last.score.answers ?? {},
          },
    draft: Object.fromEntries(entries.filter(([path]) => asked.has(path))),
    draftAt: draft?.at,
    outdated: draft !== undefined && draft.version !== held.name,
    lost: entries.filter(([path]) => !asked.has(path)).map(([, value]) => value),
  };
}

async function rewordedSince(
  db: Db,
  org: string,
  then: string,
  held: HeldRubric,
): Promise<ReadonlySet<string>> {
  if (then === held.name) return new Set();
  const before = (await rubricLookup(db, org))(then);
  return new Set(before === undefined ? [] : compareRubrics(before, held.rubric).reworded);
}
