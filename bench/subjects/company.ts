import type { Coxswain } from '../../src/coxswain.ts';
import type { AnyAction } from '../../src/actions/action.ts';
import { addMetric } from '../../src/actions/metric/index.ts';
import { learnChannel } from '../../src/actions/org/index.ts';
import { perform } from '../../src/actions/perform.ts';
import { logReadings } from '../../src/actions/reading/index.ts';
import { giveScore } from '../../src/actions/score/index.ts';
import { acceptSeat, addSeat, ownSeat } from '../../src/actions/seat/index.ts';
import { lastPeriods } from '../../src/domain/period.ts';
import { loadMyDay } from '../../src/queries/my-day.ts';
import type { PlatformKind } from '../../src/platforms/platform.ts';
import { PEOPLE } from '../names.ts';

export const ZONE = 'Europe/Berlin';
/** Seats of the digest channel beside the one that is shown. */
const MANY = 1000;

const NUMBERS = [
  ['acceptance', 'quality', '%', 'higher', 90, 5],
  ['latency', 'system', 'ms', 'lower', 300, 50],
  ['errors', 'system', '%', 'lower', 2, 1],
  ['handle-time', 'business', 'min', 'lower', 12, 2],
  ['active-share', 'adoption', '%', 'higher', 60, 10],
] as const;

export interface Company {
  /** Person id of the admin. */
  readonly ana: string;
  act(person: string, action: AnyAction, input: unknown): Promise<unknown>;
}

export const periodsBack = (count: number, now: number): string[] =>
  lastPeriods('weekly', count, now, ZONE).map((p) => p.key);

/** A seat as it is after a quarter: owners, five numbers of thirteen weeks, a score. Made through the actions. */
export async function foundCompany(
  coxswain: Coxswain,
  org: string,
  platform: PlatformKind,
  tenant: string,
): Promise<Company> {
  const { app, identifier } = coxswain;
  const ids: string[] = [];
  for (const person of PEOPLE) {
    const ref = platform === 'slack' ? person.slack : person.entra;
    const met = await identifier.personOf(org, platform, tenant, { ref, name: person.name });
    if (met === undefined) throw new Error(`${person.name} could not be met`);
    ids.push(met.id);
  }
  const [ana = '', bo = '', cem = ''] = ids;
  const act: Company['act'] = (person, action, input) =>
    perform({ ...app, org, actor: { kind: 'person', person } }, action, input);

  await act(ana, addSeat, {
    key: 'claims',
    name: 'Claims triage',
    accountability: 'Sorts incoming claims within one hour.',
    stage: 'pilot',
    accountable: ana,
  });
  for (const [role, person] of [
    ['business', ana],
    ['product', bo],
    ['platform', bo],
    ['governance', cem],
    ['operations', cem],
  ]) {
    await act(ana, ownSeat, { seat: 'claims', role, person });
  }
  for (const person of ids) {
    const { offers } = await loadMyDay(app.store.read, org, person, app.clock.now());
    for (const offer of offers) await act(person, acceptSeat, { owner: offer.id });
  }
  for (const [key, category, unit, direction, target, tolerance] of NUMBERS) {
    await act(ana, addMetric, { seat: 'claims', key, category, unit, direction, target, tolerance });
  }
  const readings = NUMBERS.flatMap(([metric, , , , target]) =>
    periodsBack(13, app.clock.now()).map((period) => ({ seat: 'claims', metric, value: target, period })),
  );
  await act(ana, logReadings, { readings });
  await act(ana, giveScore, {
    seat: 'claims',
    marks: { data: 'green', governance: 'yellow', integration: 'red', change: 'green' },
    note: 'No rollback yet.',
  });
  return { ana, act };
}

export const keyOfMany = (index: number): string => `seat-${index}`;

/** A thousand seats with one number each that report in the channel. Returns Coxswain's id of the channel. */
export async function addManySeats(
  coxswain: Coxswain,
  org: string,
  company: Company,
  tenant: string,
  ref: string,
): Promise<string> {
  const { channel } = await perform(
    { ...coxswain.app, org, actor: { kind: 'system', cause: 0 } },
    learnChannel,
    {
      platform: 'slack',
      tenant,
      ref,
      name: 'everything',
      kind: 'channel',
      conversation: { ref },
      active: true,
    },
  );
  for (let i = 0; i < MANY; i += 1) {
    await company.act(company.ana, addSeat, {
      key: keyOfMany(i),
      name: `Seat ${i}`,
      accountability: 'Does its one job.',
      channel,
    });
    await company.act(company.ana, addMetric, {
      seat: keyOfMany(i),
      key: 'acceptance',
      category: 'quality',
      unit: '%',
      direction: 'higher',
      target: 90,
      tolerance: 5,
    });
  }
  return channel;
}
