import { addMetric } from '../../src/actions/metric/index.ts';
import { acceptSeat, addSeat, ownSeat } from '../../src/actions/seat/index.ts';
import { ownersOfSeat } from '../../db/owners.ts';
import { type OwnerRole } from '../../src/domain/seat.ts';
import type { TestApp, TestOrg, Who } from './app.ts';

export const CLAIMS = {
  key: 'claims',
  name: 'Claims triage',
  accountability: 'Sorts incoming claims within one hour',
};

export const ACCEPTANCE = {
  seat: 'claims',
  key: 'acceptance',
  name: 'Acceptance rate',
  category: 'quality',
  unit: '%',
  direction: 'higher',
  target: 90,
  tolerance: 5,
};

/** Adds the seat `claims`, by Bo, who is accountable. Returns its id. */
export async function addClaims(app: TestOrg, more: object = {}): Promise<string> {
  return (await app.act('bo', addSeat, { ...CLAIMS, ...more })).id;
}

/** Adds the seat `claims` as it stands already, which takes a governor; Bo is accountable. Returns its id. */
export async function addStandingClaims(app: TestApp, more: object): Promise<string> {
  const { id } = await app.act('ana', addSeat, { ...CLAIMS, accountable: app.people.bo, ...more });
  await accept(app, 'bo', 'accountable', id);
  return id;
}

/** Gives `claims` a weekly number that should be 90 % or more; its owner is Bo. Returns its id. */
export async function addAcceptance(app: TestOrg, more: object = {}): Promise<string> {
  return (await app.act('bo', addMetric, { ...ACCEPTANCE, ...more })).id;
}

/** Names somebody for a role of `claims`, who accepts. */
export async function appoint(app: TestApp, who: Who, role: OwnerRole, seat: string): Promise<void> {
  await app.act('ana', ownSeat, { seat: 'claims', role, person: app.people[who] });
  await accept(app, who, role, seat);
}

async function accept(app: TestApp, who: Who, role: OwnerRole, seat: string): Promise<void> {
  const offer = (await ownersOfSeat(app.app.store.read, app.org, seat)).find((o) => o.role === role);
  if (offer?.acceptedAt === null) await app.act(who, acceptSeat, { owner: offer.id });
}
