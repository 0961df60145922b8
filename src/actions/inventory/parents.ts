import { seatsOfExternalIds } from '../../../db/imports.ts';
import { seatById, seatByKey } from '../../../db/seats.ts';
import type { Db } from '../../../db/store.ts';
import { slug } from '../../domain/seat.ts';
import type { Found } from './people.ts';

/** Looks up the seat above, which a file names by its id in the inventory or by its key. */
export interface Parents {
  of(text: string, seat: string | undefined): Promise<Found>;
  /** The seat will stand under another one: what is looked up from now on takes that into account. */
  plan(seat: string, parent: string | null): void;
  /** Seats for which the one above was refused, because it is below them as things are planned so far. */
  readonly refused: ReadonlySet<string>;
}

/** More levels than any company has: whoever is further up is no one. */
const HIGHEST = 100;

export function parentsOf(db: Db, org: string, source: string): Parents {
  const planned = new Map<string, string | null>();
  const refused = new Set<string>();
  const parentOf = (seat: { id: string; parent: string | null }): string | null => {
    const parent = planned.get(seat.id);
    return parent === undefined ? seat.parent : parent;
  };
  return {
    plan: (seat, parent) => void planned.set(seat, parent),
    refused,
    async of(text, seat) {
      if (seat !== undefined) refused.delete(seat);
      const id = (await seatsOfExternalIds(db, org, source, [text])).get(text);
      const above = id === undefined ? await seatByKey(db, org, slug(text)) : await seatById(db, org, id);
      if (above === undefined) return { say: `there is no seat “${text}” yet` };
      let at: { id: string; parent: string | null } | undefined = above;
      for (let level = 0; at !== undefined && level < HIGHEST; level += 1) {
        if (at.id === seat) {
          refused.add(seat);
          return { say: `“${text}” is below this seat, so it cannot stand above it` };
        }
        const parent: string | null = parentOf(at);
        at = parent === null ? undefined : await seatById(db, org, parent);
      }
      return { id: above.id };
    },
  };
}
