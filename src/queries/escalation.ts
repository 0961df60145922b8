import { crewOf } from '../../db/crew.ts';
import { policyFor } from '../../db/escalations.ts';
import { lastDrill } from '../../db/escalation-audit.ts';
import type { Issue } from '../../db/issues.ts';
import { channelsByIds, orgById } from '../../db/orgs.ts';
import { ownersOfSeat } from '../../db/owners.ts';
import { peopleByIds } from '../../db/people.ts';
import type { Seat } from '../../db/seats.ts';
import type { Db } from '../../db/store.ts';
import type { Instant } from '../clock.ts';
import { type Asked, type Policy, defaultPolicy, idOf, targetsOf } from '../domain/escalation.ts';
import { answererFor } from '../domain/escalation-answer.ts';
import { type Answerer, type Nobody, type PlannedStep, planOf } from '../domain/escalation-step.ts';
import type { Severity } from '../domain/issue.ts';
import { OFFICE_HOURS } from '../domain/working-time.ts';
import { holidaysOf } from '../holidays.ts';

/** Where a policy comes from: made for the seat, for the organisation, or the default. */
export type Source = 'seat' | 'organisation' | 'default';

export interface PolicyView {
  readonly severity: Severity;
  /** Undefined: nobody is pinged. */
  readonly policy: Policy | undefined;
  readonly source: Source;
  /** Of what was made: which version, when, by whom, why. 0 where nothing was made in this place. */
  readonly version: number;
  readonly at: Instant | undefined;
  readonly by: string | undefined;
  readonly reason: string | undefined;
  /** Names of people and channels by `person:…` and `channel:…`. */
  readonly nameOf: (target: Asked) => string;
}

/** The policy that holds for a seat, or for the organisation. */
export async function loadPolicy(
  db: Db,
  org: string,
  seat: Seat | undefined,
  severity: Severity,
): Promise<PolicyView> {
  const { own, whole } = await policyFor(db, org, seat?.id ?? null, severity);
  const made = [own, whole].find((row) => (row?.policy ?? null) !== null);
  const policy = made?.policy ?? defaultPolicy(severity);
  const targets = (policy?.steps ?? []).flatMap(targetsOf);
  const ids = (kind: 'person' | 'channel') => targets.flatMap((t) => idOf(t, kind) ?? []);
  const [people, channels] = await Promise.all([
    peopleByIds(db, org, [...ids('person'), ...(made === undefined ? [] : [made.by])]),
    channelsByIds(db, org, ids('channel')),
  ]);
  const here = seat === undefined ? whole : own;
  return {
    severity,
    policy,
    source: made === undefined ? 'default' : made.seat === null ? 'organisation' : 'seat',
    version: here?.version ?? 0,
    at: made?.at,
    by: made === undefined ? undefined : people.get(made.by)?.name,
    reason: made?.reason ?? undefined,
    nameOf(target) {
      const person = idOf(target, 'person');
      const channel = idOf(target, 'channel');
      if (person !== undefined) return people.get(person)?.name ?? 'somebody who left';
      return channel === undefined ? target : `#${channels.get(channel)?.name ?? 'a channel that is gone'}`;
    },
  };
}

/** One who would be asked for something that a step names, right now; or why nobody would. */
export interface WhoNow {
  readonly target: Asked;
  readonly name: string | undefined;
  readonly gone: Nobody['gone'] | undefined;
  /** Name of who is away or was not reached, and for whom the one named stands in. */
  readonly instead: string | undefined;
}

export interface ChainView extends PolicyView {
  readonly seat: Seat;
  readonly zone: string;
  /** For every step, who that is at present. */
  readonly now: readonly (readonly WhoNow[])[];
  /** What would happen from now on if nobody answered. */
  readonly plan: readonly PlannedStep[];
  readonly nameOfPerson: (id: string) => string;
  readonly hasGovernanceChannel: boolean;
}

/** The chain of a seat with the names of now. `number` is the person who logs the number that it is about. */
export async function loadChain(
  db: Db,
  org: string,
  seat: Seat,
  severity: Severity,
  now: Instant,
  number: string | null = null,
): Promise<ChainView> {
  const [view, owners, found] = await Promise.all([
    loadPolicy(db, org, seat, severity),
    ownersOfSeat(db, org, seat.id),
    orgById(db, org),
  ]);
  const steps = view.policy?.steps ?? [];
  const people = await crewOf(db, org, [
    ...owners.map((o) => o.person),
    ...steps.flatMap(targetsOf).flatMap((t) => idOf(t, 'person') ?? []),
    ...(number === null ? [] : [number]),
  ]);
  const crew = { now, find: (id: string) => people.get(id), lost: new Set<string>(), holidays: holidaysOf };
  const answerer = answererFor(crew, owners, number);
  const nameOfPerson = (id: string) => people.get(id)?.name ?? 'somebody';
  const whole = { zone: found!.zone };
  const who = (target: Asked): WhoNow => {
    if (idOf(target, 'channel') !== undefined)
      return { target, name: view.nameOf(target), gone: undefined, instead: undefined };
    return whoNow(target, answerer(target), owners, nameOfPerson);
  };
  const { policy } = view;
  return {
    ...view,
    seat,
    zone: whole.zone,
    now: steps.map((step) => targetsOf(step).map(who)),
    plan:
      policy === undefined
        ? []
        : planOf({
            policy,
            step: 0,
            repeats: 0,
            now,
            answerer,
            asked: new Map(),
            answered: new Set(),
            causedBy: undefined,
            office: { ...OFFICE_HOURS, zone: whole.zone },
          }),
    nameOfPerson,
    hasGovernanceChannel: (found!.governanceChannel ?? seat.channel) !== null,
  };
}

function whoNow(
  target: Asked,
  answer: Answerer | Nobody,
  owners: readonly { role: string; person: string }[],
  nameOf: (id: string) => string,
): WhoNow {
  const meant = idOf(target, 'person') ?? owners.find((o) => o.role === target)?.person;
  if ('gone' in answer) {
    const instead = answer.person === undefined ? undefined : nameOf(answer.person);
    return { target, name: undefined, gone: answer.gone, instead };
  }
  const other = meant !== undefined && meant !== answer.person ? nameOf(meant) : undefined;
  return { target, name: nameOf(answer.person), gone: undefined, instead: other };
}

/** A drill, as far as its result goes. */
export type Drill = Pick<Issue, 'ref' | 'state' | 'openedAt' | 'acknowledgedAt'>;

/** The last drill of a seat, whatever came of it. */
export const loadLastDrill = (db: Db, org: string, seat: string): Promise<Drill | undefined> =>
  lastDrill(db, org, seat);
