import { keysTaken } from '../../../db/imports.ts';
import type { Db } from '../../../db/store.ts';
import { slug } from '../../domain/seat.ts';
import { sha256 } from '../../ids.ts';

const MOST = 30;

const withTail = (base: string, tail: string): string =>
  `${base.slice(0, MOST - tail.length - 1).replace(/-+$/, '')}-${tail}`;

/** A key for each row: of its name where that is free, else numbered, else with a mark of its id. */
export interface Wish {
  readonly id: string;
  /** From which the key is made. */
  readonly text: string;
}

/** So many of one name are numbered. */
const NUMBERED = 99;

/**
 * Free keys in the order of the rows, made from their texts. `planned` are keys that are spoken for, and gets these.
 * The same rows get the same keys, as long as the seats that are there are the same.
 */
export async function freeKeys(
  db: Db,
  org: string,
  wishes: readonly Wish[],
  planned: Set<string>,
): Promise<string[]> {
  const bases = wishes.map(({ id, text }) => slug(text) || `seat-${mark(id)}`);
  const taken = await keysTaken(db, org, bases);
  const isTaken = (key: string) => taken.has(key) || planned.has(key);
  const repeated = new Set<string>();
  const seen = new Set<string>();
  for (const base of bases) {
    if (isTaken(base) || seen.has(base)) repeated.add(base);
    seen.add(base);
  }
  const numbered = [...repeated].flatMap((base) =>
    Array.from({ length: NUMBERED - 1 }, (_, i) => withTail(base, String(i + 2))),
  );
  for (const key of await keysTaken(db, org, numbered)) taken.add(key);
  return bases.map((base, i) => {
    let key = base;
    // Of what was not looked up, nobody knows which numbers are free.
    for (let n = 2; repeated.has(base) && isTaken(key) && n <= NUMBERED; n += 1)
      key = withTail(base, String(n));
    if (isTaken(key)) key = withTail(base, mark(wishes[i]!.id));
    planned.add(key);
    return key;
  });
}

/** The same for the same id, and hardly ever for another. */
const mark = (id: string): string => sha256(id).slice(0, 10);
