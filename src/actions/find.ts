import { type Issue, issueByRef } from '../../db/issues.ts';
import { type Metric, metricByKey, metricsOfSeats } from '../../db/metrics.ts';
import { type Person, personById } from '../../db/people.ts';
import { type Vendor, allVendors } from '../../db/vendors.ts';
import { type RubricVersion, rubricVersions } from '../../db/rubrics.ts';
import { type Seat, seatByKey, seatKeys } from '../../db/seats.ts';
import type { Db } from '../../db/store.ts';
import { formatNumber } from '../domain/metric.ts';
import { conflict, notFound } from '../errors.ts';
import { nearest } from '../grammar/nearest.ts';
import { clip } from '../text.ts';

const orElse = (wanted: string, known: readonly string[], fallback: string): string => {
  const near = nearest(wanted, known);
  return near === undefined ? fallback : `Did you mean “${near}”?`;
};

/** The seat of that key, or a sentence with the nearest one; `field` is where it was typed. */
export async function needSeat(db: Db, org: string, key: string, field = 'seat'): Promise<Seat> {
  const wanted = key.toLowerCase();
  const seat = await seatByKey(db, org, wanted);
  if (seat !== undefined) return seat;
  const known = await seatKeys(db, org);
  const help =
    known.length === 0 ? 'No seat exists yet.' : orElse(wanted, known, '“seat list” shows all seats.');
  throw notFound(`There is no seat “${clip(key, 40)}”. ${help}`, {
    hint:
      known.length === 0
        ? 'seat add claims "Claims triage" "Sorts incoming claims within one hour"'
        : 'seat list',
    fields: { [field]: 'There is no such seat.' },
  });
}

/** The vendors of these keys, or a sentence with the nearest one. Those that are no longer one can be looked at. */
export async function needVendors(
  db: Db,
  org: string,
  keys: readonly string[],
  ended: 'ended too' | 'present only' = 'present only',
): Promise<Vendor[]> {
  const all = (await allVendors(db, org)).filter((v) => v.endedAt === null || ended === 'ended too');
  const byKey = new Map(all.map((vendor) => [vendor.key, vendor]));
  return [...new Set(keys)].map((key) => {
    const vendor = byKey.get(key.toLowerCase());
    if (vendor !== undefined) return vendor;
    const known = [...byKey.keys()];
    const help =
      known.length === 0
        ? 'No vendor is recorded yet.'
        : orElse(key, known, '“vendor list” shows all vendors.');
    throw notFound(`There is no vendor “${clip(key, 40)}”. ${help}`, {
      hint: known.length === 0 ? 'vendor add lakeside "Lakeside AI"' : 'vendor list',
      fields: { vendors: 'There is no such vendor.' },
    });
  });
}

export async function needMetric(db: Db, org: string, seat: Seat, key: string): Promise<Metric> {
  const wanted = key.toLowerCase();
  const metric = await metricByKey(db, org, seat.id, wanted);
  if (metric?.active === true) return metric;
  if (metric !== undefined) {
    throw conflict(`${metric.name} of “${seat.key}” is paused: nothing is awaited and nothing is logged.`, {
      hint: `metric resume ${seat.key} ${metric.key}`,
      fields: { metric: 'This number is paused.' },
    });
  }
  const metrics = await metricsOfSeats(db, org, [seat.id]);
  const known = metrics.map((m) => m.key);
  const near = nearest(wanted, known) ?? known[0];
  const help =
    known.length === 0 ? 'It has no numbers yet.' : orElse(wanted, known, `It has: ${known.join(', ')}.`);
  throw notFound(`Seat “${seat.key}” has no number “${clip(key, 40)}”. ${help}`, {
    hint:
      known.length === 0
        ? `metric add ${seat.key} acceptance quality % higher 90 5`
        : `log ${seat.key} ${near} ${formatNumber(metrics.find((m) => m.key === near)!.target)}`,
    fields: { metric: 'The seat has no such number.' },
  });
}

/** The metric of that key, also when it is paused. */
export async function needAnyMetric(db: Db, org: string, seat: Seat, key: string): Promise<Metric> {
  const metric = await metricByKey(db, org, seat.id, key.toLowerCase());
  return metric ?? needMetric(db, org, seat, key);
}

export async function needIssue(db: Db, org: string, ref: string): Promise<Issue> {
  const wanted = ref.trim().replace(/^#/, '').toUpperCase();
  const issue = await issueByRef(db, org, wanted);
  if (issue !== undefined) return issue;
  throw notFound(`There is no issue “${clip(ref, 40)}”. “issue list” shows the open ones.`, {
    hint: 'issue list',
  });
}

/** A version of a rubric, proposed, adopted or past. */
export async function needRubricVersion(
  db: Db,
  org: string,
  key: string,
  version: number,
): Promise<RubricVersion> {
  const row = (await rubricVersions(db, org, key)).find((v) => v.version === version);
  if (row !== undefined) return row;
  throw notFound(`There is no version ${version} of this rubric.`, { hint: 'rubric show' });
}

/** An active member, or a sentence that says that others cannot `what`; `field` is where the person was chosen. */
export async function needMember(
  db: Db,
  org: string,
  id: string,
  what: string,
  field: string,
): Promise<Person> {
  const person = await personById(db, org, id);
  if (person?.active === true && !person.guest) return person;
  throw notFound(`This person cannot ${what}: only active members of the organisation can.`, {
    fields: { [field]: 'Choose an active member of the organisation.' },
  });
}

/** Fills in the name of a person for sentences like “already acknowledged by Ana”. */
export const nameOf = async (db: Db, org: string, person: string | null): Promise<string | undefined> =>
  person === null ? undefined : (await personById(db, org, person))?.name;
