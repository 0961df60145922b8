import { issuesWaitingFor } from '../../db/escalations.ts';
import { orgById } from '../../db/orgs.ts';
import { openOffers, seatsOwnedBy } from '../../db/owners.ts';
import { type Person, personById } from '../../db/people.ts';
import { type ScoreRequest, scoreRequestsOf } from '../../db/scores.ts';
import { type Seat, seatsByIds } from '../../db/seats.ts';
import type { Db } from '../../db/store.ts';
import type { Instant } from '../clock.ts';
import type { OwnerRole } from '../domain/seat.ts';
import { type IssueLine, withNames } from './issue.ts';
import { type MissingNumber, missingNumbers } from './missing.ts';

export interface MyDay {
  readonly person: Person;
  readonly zone: string;
  readonly issues: readonly IssueLine[];
  readonly missing: readonly MissingNumber[];
  /** Scores that others asked this person for. */
  readonly requests: readonly { readonly request: ScoreRequest; readonly seat: Seat }[];
  readonly offers: readonly { readonly id: string; readonly role: OwnerRole; readonly seat: Seat }[];
  readonly owned: readonly { readonly roles: readonly OwnerRole[]; readonly seat: Seat }[];
}

/** What waits for a person. */
export async function loadMyDay(db: Db, org: string, person: string, now: Instant): Promise<MyDay> {
  const zone = (await orgById(db, org))!.zone;
  const [me, waiting, missing, offers, owned, requests] = await Promise.all([
    personById(db, org, person),
    issuesWaitingFor(db, org, person, 20),
    missingNumbers(db, org, zone, person, now),
    openOffers(db, org, person),
    seatsOwnedBy(db, org, person),
    scoreRequestsOf(db, org, person),
  ]);
  const asked = await seatsByIds(
    db,
    org,
    requests.map((request) => request.seat),
  );
  const bySeat = Map.groupBy(owned, (o) => o.seat.id);
  return {
    person: me!,
    zone,
    issues: await withNames(
      db,
      org,
      waiting.map((w) => w.issue),
      now,
    ),
    missing,
    requests: requests.map((request) => ({ request, seat: asked.get(request.seat)! })),
    offers: offers.map(({ owner, seat }) => ({ id: owner.id, role: owner.role, seat })),
    owned: [...bySeat.values()].map((group) => ({ roles: group.map((g) => g.role), seat: group[0]!.seat })),
  };
}
