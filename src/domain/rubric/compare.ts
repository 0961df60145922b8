import { type Criterion, type Rubric, criterionPath } from './rubric.ts';

/** What two versions of a rubric have in common. */
export interface Comparison {
  /** Paths whose question and answers read the same: their marks can be compared. */
  readonly same: readonly string[];
  /** Paths that are in both, worded otherwise: to be compared with care. */
  readonly reworded: readonly string[];
  readonly added: readonly string[];
  readonly removed: readonly string[];
}

const byPath = (rubric: Rubric): Map<string, Criterion> =>
  new Map(rubric.dimensions.flatMap((d) => d.criteria.map((c) => [criterionPath(d.key, c.key), c] as const)));

const alike = (a: Criterion, b: Criterion): boolean =>
  a.name === b.name && a.red === b.red && a.yellow === b.yellow && a.green === b.green;

/** Which criteria of two versions are comparable; a criterion is known by its path, whatever its place. */
export function compareRubrics(before: Rubric, after: Rubric): Comparison {
  const [old, now] = [byPath(before), byPath(after)];
  const both = [...old].filter(([path]) => now.has(path));
  return {
    same: both.filter(([path, c]) => alike(c, now.get(path)!)).map(([path]) => path),
    reworded: both.filter(([path, c]) => !alike(c, now.get(path)!)).map(([path]) => path),
    added: [...now.keys()].filter((path) => !old.has(path)),
    removed: [...old.keys()].filter((path) => !now.has(path)),
  };
}
