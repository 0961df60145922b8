import { and, asc, eq, inArray, sql } from 'drizzle-orm';
import { MOST_PRIORITIES, placeKey } from '../src/domain/priority.ts';
import { ISSUE_STATES, isOpen } from '../src/domain/issue.ts';
import { type Places, among, list, prepared } from './prepared.ts';
import type { Db } from './store.ts';
import type { Tables } from './tables.ts';

export type Priority = Tables['priorities']['$inferSelect'];
export type Track = Tables['tracks']['$inferSelect'];

const OPEN_STATES = ISSUE_STATES.filter(isOpen);

export async function priorityByRef(db: Db, org: string, ref: string): Promise<Priority | undefined> {
  const { priorities: t } = db.t;
  const [row] = await db
    .select()
    .from(t)
    .where(and(eq(t.org, org), eq(t.ref, ref)));
  return row;
}

const ofSeats = prepared('open_priorities_of', (db, p: Places<'org' | 'seats'>) => {
  const { priorities: t } = db.t;
  return db
    .select()
    .from(t)
    .where(and(eq(t.org, p.org), among(db, t.seat, p.seats), eq(t.state, sql`'open'`)))
    .orderBy(asc(t.quarter), asc(t.ref));
});

/** The open priorities of these seats, whatever their quarter, the oldest quarter first. */
export async function openPriorities(db: Db, org: string, seats: readonly string[]): Promise<Priority[]> {
  return seats.length === 0 ? [] : ofSeats(db, { org, seats: list(db, seats) });
}

/** All of one seat and quarter, whether open or not. */
export function prioritiesOfQuarter(db: Db, org: string, seat: string, quarter: string): Promise<Priority[]> {
  const { priorities: t } = db.t;
  return db
    .select()
    .from(t)
    .where(and(eq(t.org, org), eq(t.seat, seat), eq(t.quarter, quarter)))
    .orderBy(asc(t.createdAt), asc(t.ref));
}

const latest = prepared('latest_tracks', (db, p: Places<'org' | 'priorities'>) => {
  const { tracks: t } = db.t;
  return db
    .select()
    .from(t)
    .where(
      and(
        eq(t.org, p.org),
        among(db, t.priority, p.priorities),
        sql`not exists (select 1 from ${t} newer where newer.org = ${t.org} and newer.priority = ${t.priority}
          and newer.week > ${t.week})`,
      ),
    );
});

/** The last word on each of these priorities, by priority; nothing where none was said. */
export async function latestTracks(
  db: Db,
  org: string,
  priorities: readonly string[],
): Promise<Map<string, Track>> {
  if (priorities.length === 0) return new Map();
  const rows = await latest(db, { org, priorities: list(db, priorities) });
  return new Map(rows.map((row) => [row.priority, row]));
}

/** The free places of a seat and quarter, lowest first. */
export async function freePlaces(db: Db, org: string, seat: string, quarter: string): Promise<string[]> {
  const taken = new Set((await prioritiesOfQuarter(db, org, seat, quarter)).map((p) => p.place));
  return Array.from({ length: MOST_PRIORITIES }, (_, i) => placeKey(seat, quarter, i + 1)).filter(
    (place) => !taken.has(place),
  );
}

/** Takes the next number for a priority of this seat. */
export async function nextPriorityNumber(tx: Db, org: string, seat: string): Promise<number> {
  const { seats } = tx.t;
  const [row] = await tx
    .update(seats)
    .set({ priorityCount: sql`${seats.priorityCount} + 1` })
    .where(and(eq(seats.org, org), eq(seats.id, seat)))
    .returning({ priorityCount: seats.priorityCount });
  if (row === undefined) throw new Error(`seat ${seat} does not exist`);
  return row.priorityCount;
}

/** The open issue about a priority. */
export async function issueOfPriority(db: Db, org: string, priority: string) {
  const { issues } = db.t;
  const [row] = await db
    .select({ id: issues.id, ref: issues.ref })
    .from(issues)
    .where(and(eq(issues.org, org), eq(issues.priority, priority), inArray(issues.state, OPEN_STATES)))
    .limit(1);
  return row;
}
