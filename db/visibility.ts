import { type Placeholder, and, asc, eq, exists, inArray, isNotNull, ne, not, or, sql } from 'drizzle-orm';
import { ISSUE_STATES, isOpen } from '../src/domain/issue.ts';
import { type RoleInCoxswain, hasRole } from '../src/domain/person.ts';
import { type Place, type Restricted, type Visibility, mayShowIn } from '../src/domain/visibility.ts';
import { type Places, prepared } from './prepared.ts';
import { seesAll, sighted } from './sight.ts';
import type { Db } from './store.ts';

const OPEN = ISSUE_STATES.filter(isOpen);

/** Of the channel in which a seat reports. */
const channelVisibility = ({ t: { channels } }: Db) =>
  sql<Visibility>`coalesce(${channels.visibility}, 'everyone')`;

/** Seats that not everyone may see, with the channel in which they report. */
function restricted(db: Db, org: Placeholder) {
  const { seats, channels } = db.t;
  const on = and(eq(channels.org, seats.org), eq(channels.id, seats.channel));
  const which = and(
    eq(seats.org, org),
    or(ne(seats.visibility, 'everyone'), ne(channelVisibility(db), 'everyone')),
  );
  return { on, which };
}

/** Holds an owner role of the seat, or was offered one. */
function owns(db: Db, person: Placeholder) {
  const { owners, seats } = db.t;
  return exists(
    db
      .select({ id: owners.id })
      .from(owners)
      .where(
        and(
          eq(owners.org, seats.org),
          eq(owners.seat, seats.id),
          eq(owners.person, person),
          isNotNull(owners.present),
        ),
      ),
  );
}

/** Has an open issue of the seat, or is asked about one. */
function isAsked(db: Db, person: Placeholder) {
  const { issues, pings, escalations, seats } = db.t;
  const pinged = exists(
    db
      .select({ id: pings.id })
      .from(pings)
      .where(and(eq(pings.org, issues.org), eq(pings.issue, issues.id), eq(pings.person, person))),
  );
  const handed = exists(
    db
      .select({ id: escalations.id })
      .from(escalations)
      .where(
        and(
          eq(escalations.org, issues.org),
          eq(escalations.issue, issues.id),
          or(eq(escalations.handedTo, person), eq(escalations.handedBy, person)),
        ),
      ),
  );
  return exists(
    db
      .select({ id: issues.id })
      .from(issues)
      .where(
        and(
          eq(issues.org, seats.org),
          eq(issues.seat, seats.id),
          inArray(issues.state, OPEN),
          or(eq(issues.assignee, person), eq(issues.acknowledgedBy, person), pinged, handed),
        ),
      ),
  );
}

/** Has a number or a priority of the seat, is to score it, or added it. */
function worksOn(db: Db, person: Placeholder) {
  const { metrics, priorities, scoreRequests, seats } = db.t;
  return [
    // Beside a null the comparison alone would be neither true nor false, and the seat hidden from nobody.
    and(isNotNull(seats.addedBy), eq(seats.addedBy, person)),
    exists(
      db
        .select({ id: metrics.id })
        .from(metrics)
        .where(and(eq(metrics.org, seats.org), eq(metrics.seat, seats.id), eq(metrics.owner, person))),
    ),
    exists(
      db
        .select({ id: priorities.id })
        .from(priorities)
        .where(
          and(
            eq(priorities.org, seats.org),
            eq(priorities.seat, seats.id),
            eq(priorities.owner, person),
            eq(priorities.state, 'open'),
          ),
        ),
    ),
    exists(
      db
        .select({ id: scoreRequests.id })
        .from(scoreRequests)
        .where(
          and(
            eq(scoreRequests.org, seats.org),
            eq(scoreRequests.seat, seats.id),
            eq(scoreRequests.reviewer, person),
            eq(scoreRequests.state, 'open'),
          ),
        ),
    ),
  ];
}

const hidden = prepared('hidden_from', (db, p: Places<'org' | 'person'>) => {
  const { seats, channels } = db.t;
  const { on, which } = restricted(db, p.org);
  const forGovernors = or(eq(seats.visibility, 'governors'), eq(channelVisibility(db), 'governors'))!;
  const forPeople = and(not(forGovernors), or(...worksOn(db, p.person)))!;
  return db
    .select({ id: seats.id })
    .from(seats)
    .leftJoin(channels, on)
    .where(and(which, not(owns(db, p.person)), not(isAsked(db, p.person)), not(forPeople)));
});

interface Reader {
  readonly id: string;
  readonly role: RoleInCoxswain;
  readonly active: boolean;
  readonly guest: boolean;
}

/** Keeps in the organisation whether anything is not for everyone, after a seat or a channel was changed. */
export async function keepRestricted(tx: Db, org: string): Promise<void> {
  const { seats, channels, orgs } = tx.t;
  const all = seesAll(tx, 'whether anything is hidden counts what is hidden from this person, too');
  const closed = and(eq(channels.org, org), ne(channels.visibility, 'everyone'));
  const own = and(eq(seats.org, org), ne(seats.visibility, 'everyone'));
  const found = [
    ...(await all.select({ id: seats.id }).from(seats).where(own).limit(1)),
    ...(await all.select({ id: channels.id }).from(channels).where(closed).limit(1)),
  ];
  await tx
    .update(orgs)
    .set({ restricted: found.length > 0 })
    .where(eq(orgs.id, org))
    .returning({ id: orgs.id });
}

/**
 * The handle for what a person reads. `restricted` is the organisation's: while nothing in it is, nobody is asked
 * what is hidden. Guests and who has left see no seat at all.
 */
export async function sightOfPerson(db: Db, org: string, who: Reader, some: boolean): Promise<Db> {
  if (!who.active || who.guest) return sighted(db, org, await everySeat(db, org));
  if (!some || hasRole(who.role, 'governor')) return db;
  return sighted(db, org, await hiddenFrom(db, org, who.id));
}

/** Seats that a person who is neither governor nor admin may not see. */
export async function hiddenFrom(db: Db, org: string, person: string): Promise<string[]> {
  return (await hidden(db, { org, person })).map(({ id }) => id);
}

async function everySeat(db: Db, org: string): Promise<string[]> {
  const { seats } = db.t;
  const rows = await db.select({ id: seats.id }).from(seats).where(eq(seats.org, org));
  return rows.map(({ id }) => id);
}

/** Their ids, and what decides where they may be shown. */
const restrictedSeats = prepared('restricted_seats', (db, p: Places<'org'>) => {
  const { seats, channels } = db.t;
  const { on, which } = restricted(db, p.org);
  return db
    .select({
      id: seats.id,
      visibility: seats.visibility,
      channel: seats.channel,
      channelVisibility: channelVisibility(db),
    })
    .from(seats)
    .leftJoin(channels, on)
    .where(which)
    .orderBy(asc(seats.id));
});

const place = prepared('place', (db, p: Places<'org' | 'channel'>) => {
  const { channels, orgs } = db.t;
  return db
    .select({ id: channels.id, visibility: channels.visibility, office: orgs.governanceChannel })
    .from(channels)
    .innerJoin(orgs, eq(orgs.id, channels.org))
    .where(and(eq(channels.org, p.org), eq(channels.id, p.channel)));
});

/**
 * The handle for what is posted in a channel; in one that is not known only what everyone may see. `some`: see
 * sightOfPerson.
 */
export async function sightOfChannel(
  db: Db,
  org: string,
  channel: string | undefined,
  some: boolean,
): Promise<Db> {
  if (!some) return db;
  const [found] = channel === undefined ? [] : await place(db, { org, channel });
  const here: Place =
    found === undefined
      ? { id: '', visibility: 'everyone', governance: false }
      : { ...found, governance: found.office === found.id };
  const seats: (Restricted & { id: string })[] = await restrictedSeats(db, { org });
  const unseen = seats.filter((seat) => !mayShowIn(seat, here));
  return sighted(
    db,
    org,
    unseen.map(({ id }) => id),
  );
}
