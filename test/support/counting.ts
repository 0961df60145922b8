import type { Db } from '../../db/store.ts';

/** The same handle, and how many queries were built or run through it. */
export function counting(db: Db): { readonly db: Db; readonly count: () => number } {
  let queries = 0;
  const counted = <F extends (...args: never[]) => unknown>(build: F): F =>
    ((...args: Parameters<F>) => {
      queries += 1;
      return build(...args);
    }) as F;
  const statements: Db['statements'] = new Map(db.statements);
  // `prepared` looks a statement up each time it runs it; the first time it also builds it, which is not counted twice.
  statements.get = (name) => {
    const known = db.statements.get(name);
    if (known !== undefined) queries += 1;
    return known;
  };
  statements.set = (name, statement) => {
    db.statements.set(name, statement);
    return statements;
  };
  return {
    db: {
      t: db.t,
      engine: db.engine,
      sight: db.sight,
      statements,
      select: counted(db.select),
      selectDistinct: counted(db.selectDistinct),
      insert: counted(db.insert),
      update: counted(db.update),
      delete: counted(db.delete),
    },
    count: () => queries,
  };
}
