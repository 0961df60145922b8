import { crewOf } from '../../../db/crew.ts';
import { type Escalation, type PingRow, pingsOfIssues } from '../../../db/escalations.ts';
import { type Issue, issuesByIds } from '../../../db/issues.ts';
import { metricsByIds } from '../../../db/metrics.ts';
import { type Org, orgById } from '../../../db/orgs.ts';
import { type Owner, ownersOfSeats } from '../../../db/owners.ts';
import type { Person } from '../../../db/people.ts';
import { type Seat, seatsByIds } from '../../../db/seats.ts';
import type { Db } from '../../../db/store.ts';
import { idOf, targetsOf } from '../../domain/escalation.ts';
import { type Crew } from '../../domain/escalation-answer.ts';
import { holderOf } from '../../domain/issue.ts';
import { OFFICE_HOURS, type WorkingHours } from '../../domain/working-time.ts';
import { holidaysOf } from '../../holidays.ts';

/** All that is needed to take the next step of many escalations, read in as many queries as for one. */
export interface World {
  readonly org: Org;
  readonly now: number;
  readonly office: WorkingHours;
  readonly issues: ReadonlyMap<string, Issue>;
  readonly seats: ReadonlyMap<string, Seat>;
  readonly people: ReadonlyMap<string, Person>;
  readonly ownersOf: (seat: string) => readonly Owner[];
  /** Who logs the number that an issue is about. */
  readonly numberOwner: (issue: Issue) => string | null;
  /** Of its present round, oldest first. */
  readonly pingsOf: (escalation: Escalation) => readonly PingRow[];
}

export async function loadWorld(
  tx: Db,
  orgId: string,
  now: number,
  escalations: readonly Escalation[],
): Promise<World> {
  const org = (await orgById(tx, orgId))!;
  const issues = await issuesByIds(
    tx,
    orgId,
    escalations.map((e) => e.issue),
  );
  const all = [...issues.values()];
  const seats = await seatsByIds(
    tx,
    orgId,
    all.map((i) => i.seat),
  );
  const owners = Map.groupBy(await ownersOfSeats(tx, orgId, [...seats.keys()]), (o) => o.seat);
  const pings = Map.groupBy(await pingsOfIssues(tx, orgId, [...issues.keys()]), (p) => p.escalation);
  const metrics = all.flatMap((i) => i.metric ?? []);
  const numbers = new Map(
    metrics.length === 0 ? [] : (await metricsByIds(tx, orgId, metrics)).map((m) => [m.id, m.owner]),
  );
  const numberOwner = (issue: Issue) => (issue.metric === null ? null : (numbers.get(issue.metric) ?? null));
  const people = await crewOf(tx, orgId, [
    ...[...owners.values()].flat().map((o) => o.person),
    ...[...numbers.values()].filter((id) => id !== null),
    ...escalations.flatMap((e) => [
      ...e.policy.steps.flatMap(targetsOf).flatMap((t) => idOf(t, 'person') ?? []),
      ...(e.handedBy === null ? [] : [e.handedBy]),
    ]),
    ...all.flatMap((issue) => holderOf(issue) ?? []),
  ]);
  return {
    org,
    now,
    office: { ...OFFICE_HOURS, zone: org.zone },
    issues,
    seats,
    people,
    ownersOf: (seat) => owners.get(seat) ?? [],
    numberOwner,
    pingsOf: (e) => (pings.get(e.id) ?? []).filter((p) => p.round === e.round),
  };
}

export const crewIn = (world: World, pings: readonly PingRow[]): Crew => ({
  now: world.now,
  find: (id) => world.people.get(id),
  lost: new Set(pings.flatMap((p) => (p.outcome === 'unreachable' && p.person !== null ? [p.person] : []))),
  holidays: holidaysOf,
});
